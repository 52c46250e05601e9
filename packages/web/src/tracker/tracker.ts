// The tracker: sends the address of the page a person looks at; reads and stores nothing on their device (facts of use: docs/reference/tracker.md).
//
// INVARIANT: of the page it reads address, referrer and whether it is visible; of the device the one signal that forbids
// (Global Privacy Control). No cookie, no storage, no User-Agent, no screen, no language: tracker.test.ts runs the built
// file in a page where any other read throws.
//
// Served as /js/script.js and under the names of Plausible's script tag (script.hash.js, script.manual.js, …), and as
// /js/pa-<id>.js for Plausible's newer snippet, with the site's domain in place of the token (../bake-domain.ts).
import type { Options, Payload, Plausible } from "./options.ts";

/** Free until the build puts the quoted token here, so that no minifier reasons about it. */
// oxlint-disable-next-line no-underscore-dangle -- a token no other text contains
declare const __AVOW_DOMAIN__: string;

const script = document.currentScript as HTMLScriptElement;
const { domain, api } = script.dataset;
const baked = __AVOW_DOMAIN__.replace(/^_.*/, "");
const page = window as typeof window & { plausible?: Plausible };
/** The stub that stood in for us until now, if any. */
const early = page.plausible;

let options: Options = {};
let isStarted = false;
let isHashMode = script.src.includes(".hash");
let lastAddress: string | undefined;

/** The fragment goes along only where it is part of the page's address: elsewhere it may hold anything. */
function address(): string {
  return isHashMode ? location.href : location.href.replace(/#.*/, "");
}

const plausible: Plausible = (name, event = {}) => {
  const done = event.callback ?? (() => {});
  // The signal only forbids. Without it the server still honours the request header of the same meaning.
  if ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return done();
  const common = options.customProperties;
  const payload: Payload = {
    n: name,
    u: event.u ?? event.url ?? address(),
    d: options.domain ?? domain ?? (baked || location.hostname),
    r: document.referrer || null,
    p: (common || event.props) && { ...(typeof common === "function" ? common(name) : common), ...event.props },
    i: event.interactive,
    $: event.revenue,
    h: isHashMode ? 1 : undefined,
  };
  const sent = options.transformRequest ? options.transformRequest(payload) : payload;
  if (!sent) return done();
  const target = options.endpoint ?? api ?? new URL("/api/event", script.src).href;
  const body = JSON.stringify(sent);
  if (!page.fetch) {
    navigator.sendBeacon(target, body);
    return done();
  }
  // A string body is text/plain, which needs no preflight; `omit` keeps even our own cookies out of it.
  fetch(target, { method: "POST", keepalive: true, credentials: "omit", body }).then(done, (error: unknown) =>
    done({ error }),
  );
};

/** One page view for each address looked at, not for each call a router makes. */
function see(): void {
  const now = isHashMode ? location.href : location.pathname;
  if (now === lastAddress) return;
  lastAddress = now;
  plausible("pageview");
}

/** A page rendered ahead, or opened in the background, is seen once it is looked at. */
function seeWhenVisible(): void {
  if (document.visibilityState !== "visible")
    document.addEventListener("visibilitychange", seeWhenVisible, { once: true });
  else see();
}

function watchPages(): void {
  const push = history.pushState.bind(history);
  history.pushState = (...change) => {
    push(...change);
    see();
  };
  addEventListener("popstate", see);
  addEventListener("hashchange", see);
  // A page that comes back whole from the browser's memory is looked at again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      lastAddress = undefined;
      see();
    }
  });
  seeWhenVisible();
}

plausible.init = (given = {}) => {
  if (isStarted) return;
  isStarted = true;
  options = given;
  isHashMode ||= !!given.hashBasedRouting;
  for (const call of early?.q ?? []) plausible(...call);
  if (given.autoCapturePageviews !== false && !script.src.includes(".manual")) watchPages();
};

page.plausible = plausible;
// The newer snippet says when to start, before or after we arrive; a tag that names its domain starts at once.
if (!baked || domain) plausible.init();
else if (early?.o) plausible.init(early.o);
