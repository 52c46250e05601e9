// How far and how long a page is read, told when it is left: only where it is asked for (`engagement`).
import type { Plausible } from "./options.ts";

/** Less is told only if the page was read further. */
const shortestMs = 3_000;

const isLooked = (): boolean => document.visibilityState === "visible" && document.hasFocus();

export interface Engagement {
  /** Tells of the page before; from now on it is `address` that is read, or a page that is not told of. */
  turn(address: string | undefined): void;
}

export function watchEngagement(plausible: Plausible, isAsked: () => boolean): Engagement {
  let page: string | undefined;
  let since = 0;
  let lookedMs = 0;
  let deepest = 0;
  let told = -1;

  const scrolled = (): void => {
    const { scrollHeight } = document.documentElement;
    const depth = scrollHeight > 0 ? Math.round(((scrollY + innerHeight) / scrollHeight) * 100) : 100;
    deepest = Math.max(deepest, Math.min(100, depth));
  };
  const pause = (): void => {
    if (since > 0) lookedMs += Date.now() - since;
    since = 0;
  };
  const tell = (): void => {
    pause();
    if (page === undefined || !isAsked() || (lookedMs < shortestMs && deepest <= told)) return;
    told = deepest;
    const e = lookedMs;
    lookedMs = 0;
    plausible("engagement", { u: page, sd: deepest, e });
  };
  const changed = (): void => {
    if (!isLooked()) tell();
    else if (since === 0) since = Date.now();
  };
  document.addEventListener("visibilitychange", changed);
  addEventListener("blur", changed);
  addEventListener("focus", changed);
  addEventListener("pagehide", tell);
  document.addEventListener("scroll", scrolled);
  return {
    turn(address) {
      tell();
      page = address;
      deepest = lookedMs = 0;
      told = -1;
      scrolled();
      since = isLooked() ? Date.now() : 0;
    },
  };
}
