// TypeScript types of what a notice declares, so that an undeclared field, purpose, feature or recipient does not compile in a program that uses them.
import type { Feature, Notice, Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { ownDevice } from "../model/values.ts";
import type { TermKind, Vocabulary } from "../model/vocabulary.ts";
import { type VocabularyIndex, extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";

/** A module without imports; its requests are assignable to `Request` of this package. `vocabulary` is the one the policy was compiled with. */
export function writeNoticeTypes(policy: Policy, vocabulary: Vocabulary): string {
  const notices = noticesOf(policy);
  const index = indexVocabulary(extendVocabulary(vocabulary, notices.toReversed()));
  // The nearest notice's practice stands for those of the same id above it.
  const practices = new Map<string, Practice>();
  for (const notice of notices)
    for (const each of notice.practices) if (!practices.has(each.id)) practices.set(each.id, each);
  const features = new Map<string, Feature>();
  for (const { features: own } of notices)
    for (const each of own) if (!features.has(each.id)) features.set(each.id, each);
  return [
    `// What the notice \`${policy.id}\` declares. Written by \`avow types\`: write it anew when the notice changes.`,
    `// Version ${policy.version}.`,
    "",
    `export const noticeId = ${quoted(policy.id)};`,
    "/** The version these types are of; another one may declare other things. */",
    `export const noticeVersion = ${quoted(policy.version)};`,
    "",
    "/** By practice: from whom, what is looked at, held and sent, for what, to whom, and which feature must be on. Words below a declared one are declared. */",
    "export interface Practices {",
    ...[...practices.values()].flatMap((each) => practiceLines(each, index)),
    "}",
    "",
    `export type Feature = ${union([...features.keys()])};`,
    "/** By feature: the hosts it may contact. `string` where one is taken from configuration: the gate looks at it when it is used. */",
    "export interface FeatureHosts {",
    ...[...features.values()].map((each) => `  readonly ${quoted(each.id)}: ${hostUnion(each, notices)};`),
    "}",
    common,
  ].join("\n");
}

function noticesOf(policy: Policy): readonly Notice[] {
  return policy.parent === undefined ? [policy.notice] : [policy.notice, ...noticesOf(policy.parent)];
}

function practiceLines(practice: Practice, index: VocabularyIndex): string[] {
  const { id, from, reads, data, sends, to, held, needs } = practice;
  const words = (kind: TermKind, terms: readonly string[]): string =>
    union([...new Set(terms.flatMap((each) => index.below(kind, each)))].toSorted());
  const isOurs = held === undefined;
  return [
    `  readonly ${quoted(id)}: {`,
    `    readonly from: ${words("subject", from)};`,
    `    readonly reads: ${words("data", reads)};`,
    `    readonly data: ${words("data", isOurs ? data : [])};`,
    `    readonly onDevice: ${words("data", isOurs ? [] : data)};`,
    `    readonly sends: ${words("data", sends)};`,
    `    readonly for: ${words("purpose", practice.for)};`,
    `    readonly to: ${union(to)};`,
    `    readonly needs: ${union(needs === undefined ? [] : [needs])};`,
    "  };",
  ];
}

function hostUnion(feature: Feature, notices: readonly Notice[]): string {
  const recipients = new Map(notices.toReversed().flatMap((each) => each.recipients.map((one) => [one.id, one])));
  const needed = new Set(feature.needs);
  for (const id of needed) for (const each of recipients.get(id)?.through ?? []) needed.add(each);
  const own = feature.needs.map((id) => recipients.get(id)?.hosts ?? []);
  if (own.some((hosts) => hosts.length === 0)) return "string";
  const hosts = [...needed].flatMap((id) => recipients.get(id)?.hosts ?? []);
  return [...new Set(hosts)].toSorted().map(hostType).join(" | ");
}

/** `*.example.org` is every host below example.org. */
function hostType(host: string): string {
  return host.startsWith("*.") ? `\`\${string}${host.slice(1)}\`` : quoted(host);
}

function union(words: readonly string[]): string {
  return words.length === 0 ? "never" : words.map(quoted).join(" | ");
}

/** JSON's way of writing a text is TypeScript's too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

const common = `
export type Practice = keyof Practices;
export type Datum = Practices[Practice]["reads" | "data" | "onDevice" | "sends"];
export type Subject = Practices[Practice]["from"];
export type Purpose = Practices[Practice]["for"];
export type Recipient = Practices[Practice]["to"];

/** A row held under a practice: only what it declares has a place. */
export type Row<P extends Practice, Value = unknown> = { readonly [D in Practices[P]["data"]]?: Value };

/** A question to the gate within one practice. Whether it is permitted is still the gate's to say. */
export type RequestOf<P extends Practice> = {
  readonly from: Practices[P]["from"];
  readonly for: Practices[P]["for"];
  readonly form?: string;
  readonly answer?: "ask" | "yes" | "no";
  readonly signal?: boolean;
  readonly ground?: string;
  readonly ageDays?: number;
} & (
  | { readonly act?: "hold"; readonly data: OneOrMore<Practices[P]["data"]>; readonly to?: never }
  | { readonly act: "read"; readonly data: OneOrMore<Practices[P]["reads" | "data"]>; readonly to?: never }
  | { readonly act?: "send" | "hold"; readonly data: OneOrMore<Practices[P]["sends"]>; readonly to: Practices[P]["to"] }
  | { readonly act?: "hold"; readonly data: OneOrMore<Practices[P]["onDevice"]>; readonly to: ${quoted(ownDevice)} }
);

/** A question some practice may permit: words no practice has, or of several practices mixed, do not compile. */
export type NoticeRequest = { [P in Practice]: RequestOf<P> }[Practice];

/** An address a feature may contact, over a secure connection. */
export type UrlOf<F extends Feature> = \`https://\${FeatureHosts[F]}\` | \`https://\${FeatureHosts[F]}/\${string}\` | \`https://\${FeatureHosts[F]}?\${string}\`;

/** All of it in one name, for a gate that takes only what is declared. */
export interface Declared {
  readonly feature: Feature;
  readonly url: { readonly [F in Feature]: UrlOf<F> };
  readonly request: NoticeRequest;
}

type OneOrMore<T> = T | readonly T[];
`;
