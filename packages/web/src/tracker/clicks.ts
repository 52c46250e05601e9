// Links that lead away, files, and elements the page's writer tagged: told of when they are clicked or sent, never held up.
import type { EventOptions, Plausible } from "./options.ts";

/** What is told of; asked each time, because `plausible.init` may come late. */
export interface Watched {
  readonly outboundLinks: () => boolean;
  readonly fileTypes: () => readonly string[];
  readonly taggedEvents: () => boolean;
  readonly formSubmissions: () => boolean;
}

export function watchClicks(plausible: Plausible, watched: Watched): void {
  const clicked = (event: MouseEvent): void => {
    // Of the other buttons only the middle one follows a link.
    if (event.type === "auxclick" && event.button !== 1) return;
    const target = event.target as Element;
    const tagged = watched.taggedEvents() ? taggedAbove(target) : undefined;
    const link = linkAbove(target);
    if (tagged !== undefined) {
      const { name, element, ...given } = tagged;
      // A tagged form is told of when it is sent.
      if (element.tagName === "FORM") return;
      plausible(name, link === undefined ? given : { ...given, props: { url: link.href, ...given.props } });
    } else if (link !== undefined) followed(link);
  };
  const followed = (link: HTMLAnchorElement): void => {
    const [file = ""] = link.href.split(/[?#]/, 1);
    if (watched.outboundLinks() && link.hostname !== "" && link.hostname !== location.hostname)
      plausible("Outbound Link: Click", { props: { url: link.href } });
    else if (watched.fileTypes().some((type) => file.endsWith(`.${type}`)))
      plausible("File Download", { props: { url: file } });
  };
  document.addEventListener("click", clicked);
  document.addEventListener("auxclick", clicked);
  document.addEventListener(
    "submit",
    (event) => {
      const tagged = watched.taggedEvents() ? taggedAbove(event.target as Element) : undefined;
      if (tagged !== undefined) plausible(tagged.name, { props: tagged.props, revenue: tagged.revenue });
      else if (watched.formSubmissions()) plausible("Form: Submission");
    },
    true,
  );
}

/** A link in a drawing has an object for its address and is no link to follow here. */
function linkAbove(target: Element): HTMLAnchorElement | undefined {
  const link = target.closest("a");
  return link !== null && typeof link.href === "string" && link.href !== "" ? link : undefined;
}

interface Tagged extends Pick<EventOptions, "revenue"> {
  readonly name: string;
  readonly element: Element;
  readonly props: Readonly<Record<string, string>>;
}

const levels = 4;

/** The element itself or the nearest of three around it that is tagged. */
function taggedAbove(target: Element): Tagged | undefined {
  let element: Element | null = target;
  for (let level = 0; level < levels && element !== null; level += 1) {
    const found = tagsOf(element);
    if (found !== undefined) return found;
    element = element.parentElement;
  }
  return undefined;
}

/** Classes like `plausible-event-name=Sign+Up`; `--` stands for `=` where an editor does not take it. */
function tagsOf(element: Element): Tagged | undefined {
  const props: Record<string, string> = {};
  const revenue: Record<string, string> = {};
  for (const each of element.classList) {
    const [, kind, key, value] = /^plausible-(event|revenue)-(.+?)(?:=|--)(.+)$/.exec(each) ?? [];
    if (key === undefined || value === undefined) continue;
    (kind === "event" ? props : revenue)[key] = value.replace(/\+/g, " ");
  }
  const { name, ...others } = props;
  if (name === undefined) return undefined;
  return { name, element, props: others, ...("amount" in revenue ? { revenue } : {}) };
}
