// What both builds of the tracker share: it sends the address of the page a person looks at (facts of use: docs/reference/tracker.md).
//
// INVARIANT: of the page it reads address, referrer and whether it is visible; of the device the one signal that forbids
// (Global Privacy Control). No cookie, no storage, no User-Agent, no screen, no language: tracker.test.ts runs the built
// file in a page where any other read throws.
import type { EventOptions, Options, Payload, Plausible } from "./options.ts";

/** Free until the build puts the quoted tokens here, so that no minifier reasons about them. */
// oxlint-disable-next-line no-underscore-dangle -- a token no other text contains
declare const __AVOW_DOMAIN__: string;
// oxlint-disable-next-line no-underscore-dangle -- as above
declare const __AVOW_NAMES__: string;

/** An event as it is to be sent, or nothing where it is not to be. */
export type Adjust = (name: string, event: EventOptions, options: Options, names: string) => EventOptions | undefined;

export interface Started {
  readonly plausible: Plausible;
  /** Those of `plausible.init`. */
  readonly options: () => Options;
}

/** The script's extensions, each after a dot: put there by the server, else in the name it was loaded by. */
export const namesOf = (script: HTMLScriptElement): string => __AVOW_NAMES__ + script.src;

/** `adjust`: what the larger build makes of each event before it is sent. */
export function startTracker(script: HTMLScriptElement, adjust?: Adjust): Started {
  const { domain, api } = script.dataset;
  const names = namesOf(script);
  const baked = __AVOW_DOMAIN__.replace(/^_.*/, "");
  const page = window as typeof window & { plausible?: Plausible };
  /** The stub that stood in for us until now, if any. */
  const early = page.plausible;
  let options: Options = {};
  let isStarted = false;
  let isHashMode = names.includes(".hash");

  const plausible: Plausible = (name, given = {}) => {
    const done = given.callback ?? (() => {});
    const isLocal = names.includes(".local") || options.captureOnLocalhost;
    if (saysNo() || (!isLocal && isOwnMachine())) return done();
    const event = adjust ? adjust(name, given, options, names) : given;
    if (!event) return done();
    const common = options.customProperties;
    const payload: Payload = {
      n: name,
      // The fragment goes along only where it is part of the page's address: elsewhere it may hold anything.
      u: event.u ?? event.url ?? (isHashMode ? location.href : location.href.replace(/#.*/, "")),
      d: options.domain ?? domain ?? (baked || location.hostname),
      r: document.referrer || null,
      p: (common || event.props) && { ...(typeof common === "function" ? common(name) : common), ...event.props },
      i: event.interactive,
      $: event.revenue,
      h: isHashMode ? 1 : undefined,
      sd: event.sd,
      e: event.e,
    };
    const sent = options.transformRequest ? options.transformRequest(payload) : payload;
    if (!sent) return done();
    send(options.endpoint ?? api ?? new URL("/api/event", script.src).href, JSON.stringify(sent), done);
  };

  plausible.init = (given = {}) => {
    if (isStarted) return;
    isStarted = true;
    options = given;
    isHashMode ||= !!given.hashBasedRouting;
    for (const call of early?.q ?? []) plausible(...call);
    if (given.autoCapturePageviews !== false && !names.includes(".manual")) watchPages(plausible, isHashMode);
  };

  page.plausible = plausible;
  // The newer snippet says when to start, before or after we arrive; a tag that names its domain starts at once.
  if (!baked || domain) plausible.init();
  else if (early?.o) plausible.init(early.o);
  return { plausible, options: () => options };
}

/** The signal only forbids. Without it the server still honours the request header of the same meaning. */
const saysNo = (): boolean | undefined => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

/** Pages somebody is still writing, and files. */
const isOwnMachine = (): boolean => /^(localhost|127(\.\d+){3}|\[::1]|)$/.test(location.hostname);

function send(target: string, body: string, done: NonNullable<EventOptions["callback"]>): void {
  if (!window.fetch) {
    navigator.sendBeacon(target, body);
    return done();
  }
  // A string body is text/plain, which needs no preflight; `omit` keeps even our own cookies out of it.
  fetch(target, { method: "POST", keepalive: true, credentials: "omit", body }).then(done, (error: unknown) =>
    done({ error }),
  );
}

function watchPages(plausible: Plausible, isHashMode: boolean): void {
  let lastAddress: string | undefined;

  /** One page view for each address looked at, not for each call a router makes. */
  const see = (): void => {
    const now = isHashMode ? location.href : location.pathname;
    if (now === lastAddress) return;
    lastAddress = now;
    plausible("pageview");
  };
  /** A page rendered ahead, or opened in the background, is seen once it is looked at. */
  const seeWhenVisible = (): void => {
    if (document.visibilityState !== "visible")
      document.addEventListener("visibilitychange", seeWhenVisible, { once: true });
    else see();
  };
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
