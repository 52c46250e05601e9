// What people are asked, made from the declaration alone, so that nobody can ask for less than is done (clauses.md JL1, JL5).
import type { ProgramContact, ProgramFeature } from "@avow/policy";

/** Who contacts the hosts: the browser of a page, or the program itself. */
export type Asker = "browser" | "program";

export interface Question {
  /** `Tells you the news of JupyterLab?` */
  readonly title: string;
  /** Who is contacted, and what they then see. */
  readonly text: string;
  /** One line a contact: hosts, what it sees, keeps, and its own notice. */
  readonly details: readonly QuestionDetail[];
  /** Hosts of the configuration that were named. */
  readonly configured: readonly string[];
  /** BCP 47. */
  readonly language: string;
  /** Everything above as one text: what `shown` of an answer is the hash of. */
  readonly whole: string;
}

export interface QuestionDetail {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly says: string;
  readonly privacy?: string;
}

/** The words of one language; `en` comes with the library, others are the program's to bring. */
export interface QuestionWords {
  readonly language: string;
  readonly title: (does: string) => string;
  readonly text: (asker: Asker, names: readonly string[], sees: readonly string[]) => string;
  readonly detail: (contact: ProgramContact, hosts: readonly string[]) => string;
  readonly sends: (sends: readonly string[], purposes: readonly string[]) => string;
}

export function questionOf(
  feature: ProgramFeature,
  asker: Asker,
  configured: readonly string[],
  words: QuestionWords = english,
): Question {
  const asked = feature.contacts.filter(({ isBehind }) => isBehind !== true);
  const sees = [...new Set(asked.flatMap((each) => each.sees ?? []))];
  const names = asked.map((each) =>
    each.hosts.length > 0 || configured.length === 0 ? each.name : `${each.name} (${configured.join(", ")})`,
  );
  const title = words.title(feature.does);
  const text = words.text(asker, names, sees);
  const details = feature.contacts.map((each): QuestionDetail => {
    const hosts = each.hosts.length > 0 || each.isBehind === true ? each.hosts : configured;
    const { name, privacy } = each;
    return { name, hosts, says: words.detail(each, hosts), ...(privacy === undefined ? {} : { privacy }) };
  });
  const sent = words.sends(feature.sends, feature.for);
  const lines = details.map(
    ({ name, says, privacy }) => `${name}: ${says}${privacy === undefined ? "" : ` ${privacy}`}`,
  );
  const whole = [title, text, sent, ...lines].join("\n");
  return { title, text: `${text} ${sent}`, details, configured, language: words.language, whole };
}

export const english: QuestionWords = {
  language: "en",
  title: (does) => `${capital(imperative(does))}?`,
  text: (asker, names, sees) => {
    const who = asker === "browser" ? "Your browser" : "This program";
    const seen =
      sees.length === 0
        ? "what they then see is not stated"
        : `${names.length === 1 ? "which then sees" : "which then see"} your ${listed(sees)}`;
    return `${who} will contact ${listed(names)}${sees.length === 0 ? `; ${seen}` : `, ${seen}`}.`;
  },
  sends: (sends, purposes) =>
    sends.length === 0
      ? "Nothing else is sent."
      : `Sent: ${listed(sends)}${purposes.length === 0 ? "" : `, for ${listed(purposes)}`}.`,
  detail: ({ does, holds, keeps, usesFor, isBehind }, hosts) =>
    [
      does,
      isBehind === true ? "behind another" : hosts.length === 0 ? "host not known yet" : hosts.join(", "),
      holds === "stores"
        ? `keeps what it gets${keeps === undefined ? ", how long is not stated" : ` ${keeps}`}`
        : holdsText(holds),
      ...(usesFor === undefined ? [] : [`uses it for ${listed(usesFor)}`]),
    ].join("; ") + ".",
};

function holdsText(holds: string): string {
  if (holds === "transits") return "only passes it on";
  return holds === "nothing" ? "keeps nothing" : "what it keeps is not stated";
}

/** `tells you the news` → `tell you the news`; other beginnings stay. */
function imperative(does: string): string {
  const [, stem = "", rest = ""] = /^([a-z]+?)s( .*)?$/.exec(does) ?? [];
  if (stem === "" || stem.endsWith("s")) return does;
  return `${/(?:[sx]|[cs]h)e$/.test(stem) ? stem.slice(0, -1) : stem}${rest}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
