// The larger build of the tracker: what the other extensions of Plausible's script tag document, each only where it is named.
//
// Reads besides what the tracker reads: links and forms when they are clicked and sent, tags its page's writer put on elements
// and on the script, and, with `engagement`, how far and how long the page is read. Stores nothing.
import { watchClicks } from "./clicks.ts";
import { type Engagement, watchEngagement } from "./engagement.ts";
import { isExcluded } from "./exclusions.ts";
import { type Adjust, namesOf, startTracker } from "./start-tracker.ts";

// The older extension `compat` finds its script by its id, because a script put there by another has no other way.
const script = (document.currentScript ?? document.getElementById("plausible")) as HTMLScriptElement;
const isNamed = (name: string): boolean => namesOf(script).includes(`.${name}`);
/** Absent until the tracker is there; the page seen before then is remembered for it. */
let engagement: Engagement | undefined;
let seen: string | undefined;

const adjust: Adjust = (name, event, { hashBasedRouting }) => {
  if (name !== "pageview") return event;
  const isHidden = isNamed("exclusions") && isExcluded(script.dataset);
  const address = event.u ?? event.url ?? location.href;
  seen = isHidden ? undefined : isNamed("hash") || hashBasedRouting ? address : address.replace(/#.*/, "");
  engagement?.turn(seen);
  if (isHidden) return undefined;
  return isNamed("pageview-props") ? { ...event, props: { ...tagProps(), ...event.props } } : event;
};

/** `event-author="…"` on the script is the property `author` of each page view. */
function tagProps(): Record<string, string> {
  const props: Record<string, string> = {};
  for (const { name, value } of script.attributes) if (name.startsWith("event-")) props[name.slice(6)] = value;
  return props;
}

const { plausible, options } = startTracker(script, adjust);
watchClicks(plausible, {
  outboundLinks: () => isNamed("outbound-links") || options().outboundLinks === true,
  fileTypes: () => fileTypes(),
  taggedEvents: () => isNamed("tagged-events") || isNamed("revenue"),
  formSubmissions: () => isNamed("form-submissions") || options().formSubmissions === true,
});
engagement = watchEngagement(plausible, () => isNamed("engagement") || options().engagement === true);
engagement.turn(seen);

const usualTypes =
  "pdf,xlsx,docx,txt,rtf,csv,exe,key,pps,ppt,pptx,7z,pkg,rar,gz,zip,avi,mov,mp4,mpeg,wmv,midi,mp3,wav,wma,dmg";

/** Endings of files that are told of; none where downloads are not asked for. */
function fileTypes(): readonly string[] {
  const asked = options().fileDownloads;
  if (typeof asked === "object") return asked.fileExtensions;
  if (!isNamed("file-downloads") && asked !== true) return [];
  const given = script.getAttribute("file-types") ?? usualTypes;
  return `${given},${script.getAttribute("add-file-types") ?? ""}`
    .split(",")
    .map((type) => type.trim())
    .filter((type) => type !== "");
}
