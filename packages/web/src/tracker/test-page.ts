// For the tests of the tracker: a page that has nothing but what it may read, where every other read throws, and what it sent.
import type { Options, Payload, Plausible } from "./options.ts";

export interface PageOptions {
  readonly src?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly stub?: Plausible;
  readonly isVisible?: boolean;
  readonly signal?: boolean;
  readonly hasFetch?: boolean;
  readonly code: string;
  /** Runs the code with `window` as its global object, which this room has no means for. */
  readonly run: (code: string, window: object) => void;
  readonly url?: string;
  /** The page of the larger build: what else it may read. */
  readonly more?: {
    readonly attributes?: Readonly<Record<string, string>>;
    readonly currentScript?: null;
  };
}

/** An object of which only what is listed can be read or written: the mechanism of this test. */
function only(what: string, allowed: Record<string, unknown>): Record<string, unknown> {
  const touch = (key: string | symbol): void => {
    if (!(key in allowed)) throw new Error(`the tracker touched ${what}.${String(key)}`);
  };
  return new Proxy(allowed, {
    get: (target, key) => (touch(key), Reflect.get(target, key)),
    set: (target, key, value) => (touch(key), Reflect.set(target, key, value)),
    has: (_target, key) => (touch(key), true),
  });
}

/** A page as the tracker finds it, and what it sent from there. */
// oxlint-disable-next-line max-lines-per-function -- one page, told in one place: what it has, and what can be done with it
export function openPage(options: PageOptions) {
  const sent: { to: string; init: RequestInit; body: Payload }[] = [];
  const listeners = new Map<string, ((event: never) => void)[]>();
  const addEventListener = (type: string, listener: (event: never) => void): void => {
    listeners.set(type, [...(listeners.get(type) ?? []), listener]);
  };
  const url = new URL(options.url ?? "https://exam.example/start?ref=x#part");
  const location = only("location", { href: url.href, pathname: url.pathname, hostname: url.hostname });
  const go = (to: string): void => {
    url.href = new URL(to, url).href;
    Object.assign(location, { href: url.href, pathname: url.pathname });
  };
  const page = {
    state: options.isVisible === false ? "hidden" : "visible",
    status: 202,
    nowMs: 1_000_000,
    scrolled: 0,
  };
  const attributes = options.more?.attributes ?? {};
  const script = {
    src: options.src ?? "https://avow.example/js/script.js",
    dataset: only("dataset", { domain: undefined, api: undefined, ...datasetOf(options) }),
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    getAttribute: (name: string) => attributes[name] ?? null,
  };
  const documentReads: Record<string, unknown> = {
    currentScript: options.more?.currentScript === null ? null : script,
    ...(options.more === undefined ? {} : moreOf(page, script)),
    referrer: "https://search.example/",
    addEventListener,
    get visibilityState() {
      return page.state;
    },
  };
  const send = async (to: string, init: RequestInit): Promise<{ status: number }> => {
    sent.push({ to, init, body: JSON.parse(init.body as string) as Payload });
    if (page.status === 0) throw new Error("offline");
    return { status: page.status };
  };
  const beacon = (to: string, body: string): void => {
    sent.push({ to, init: { method: "beacon" }, body: JSON.parse(body) as Payload });
  };
  const hasFetch = options.hasFetch !== false;
  const window: Record<string, unknown> = {
    location,
    document: only("document", documentReads),
    history: only("history", { pushState: (_state: unknown, _title: string, to: string) => go(to) }),
    navigator: only("navigator", { globalPrivacyControl: options.signal, sendBeacon: beacon }),
    fetch: hasFetch ? send : undefined,
    plausible: options.stub,
    addEventListener,
    URL,
    JSON,
    Date: { now: () => page.nowMs },
  };
  if (options.more !== undefined) {
    Object.defineProperty(window, "scrollY", { get: () => page.scrolled });
    window["innerHeight"] = 500;
  }
  window["window"] = only("window", window);
  options.run(options.code, window);
  const fire = (type: string, event: object = {}): void => {
    for (const listener of listeners.get(type) ?? []) listener({ type, ...event } as never);
  };
  return {
    sent,
    bodies: () => sent.map(({ body }) => body),
    plausible: () => window["plausible"] as Plausible & { init: (options?: Options) => void },
    push: (to: string) => (window["history"] as History).pushState({}, "", to),
    back(to: string) {
      go(to);
      fire("popstate");
    },
    hash(to: string) {
      go(to);
      fire("hashchange");
    },
    show() {
      page.state = "visible";
      fire("visibilitychange");
    },
    wake: () => fire("pageshow", { persisted: true }),
    hide() {
      page.state = "hidden";
      fire("visibilitychange");
    },
    pass: (ms: number) => void (page.nowMs += ms),
    scroll(to: number) {
      page.scrolled = to;
      fire("scroll");
    },
    fire,
    breakNetwork: () => (page.status = 0),
  };
}

function datasetOf({ tag = {}, more }: PageOptions): Record<string, string | undefined> {
  return more === undefined ? { ...tag } : { exclude: undefined, include: undefined, ...tag };
}

function moreOf(page: { readonly state: string }, script: object): Record<string, unknown> {
  return {
    getElementById: (id: string) => (id === "plausible" ? script : null),
    hasFocus: () => page.state === "visible",
    documentElement: only("documentElement", { scrollHeight: 2_000 }),
  };
}
