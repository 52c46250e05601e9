// The tracker: /js/script.js, and /js/script.<extensions>.js where they need no more than it (hash, manual, local).
import { startTracker } from "./start-tracker.ts";

startTracker(document.currentScript as HTMLScriptElement);
