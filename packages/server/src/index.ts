// The server: started from settings, closed in order; and what the command shares with it.
export type * from "./house.ts";
export { type RunningServer, type StartOptions, startServer } from "./compose.ts";
export { type Limits, defaultLimits } from "./http/limits.ts";
export type { Log } from "./http/request-log.ts";
export { newScriptId, noticeDirsSetting, termsFileSetting } from "./jobs/first-start.ts";
export { newOwnerPath } from "./owner/claim.ts";
export { hashSecret, newSecret } from "./owner/secret.ts";
export { stylesheet } from "./pages/frame/stylesheet.ts";
export { coverageOf } from "./pages/whose-coverage.ts";
export { isLoopback, settingNames, settingsFrom } from "./settings.ts";
export { StartRefused } from "./start-refused.ts";
export { matchesAny } from "@avow/collect";
export { goalLimits, goalOf, withGoal } from "./query/goals.ts";
export { settingPurpose } from "./routes/sites.ts";
