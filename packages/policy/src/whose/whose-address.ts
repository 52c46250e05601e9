// Whose an address is: the notice that names its host, or nobody here: ask its operator (clauses.md JP4, JP5).
import { coveredBy } from "../covers-host.ts";
import type { Policy } from "../model/policy.ts";
import type { AddressTrap, WhoseQuestion } from "./read-whose.ts";
import { relatedNotices } from "./related-notices.ts";
import type { Coverage } from "./coverage.ts";
import type { NamedElsewhere, WhoseAnswer } from "./whose-answer.ts";

export type Part = Omit<WhoseAnswer, "asked" | "named" | "storesNothing" | "cautions" | "notices"> &
  Partial<Pick<WhoseAnswer, "named" | "storesNothing" | "cautions" | "notices">>;

type Address = Extract<WhoseQuestion, { readonly kind: "address" }>;

export function whoseAddress({ host, port, traps }: Address, coverage: Coverage): Part {
  // A port that a notice names is nearer than the host without one.
  const hosts = port === undefined ? [host] : [`${host}:${port}`, host];
  const found = [...new Set(hosts.flatMap((each) => coverage.covering(each)))];
  const own = isOwnMachine(host) ? [ownMachine] : [];
  const warnings = [...traps.map((trap) => trapSentence(trap, host)), ...own];
  const named = coverage.policies().flatMap((policy) => reachedAt(policy, hosts));
  const [nearest] = found;
  if (nearest === undefined) {
    const sentence = coverage.outside(host);
    const likely = own.length > 0 ? "whoever runs the machine" : /, likely (.+)$/.exec(sentence)?.[1];
    const tells =
      likely === undefined || own.length > 0
        ? []
        : [`In the cloud the address will likely tell: it is in the name of ${likely}.`];
    return {
      outcome: "not covered",
      host,
      sentence,
      why: [
        named.length === 0
          ? `No notice here names ${host}, and a notice speaks only for the hosts it names.`
          : `No notice here speaks for ${host}; it is named as a host of somebody who gets data. What they do with it is said in their own policy.`,
        ...tells,
        ...warnings,
      ],
      named,
      ...(likely === undefined ? (own.length === 0 && isName(host) ? { likely: host } : {}) : { likely }),
    };
  }
  const covered = hosts.map((each) => coveredBy(nearest, each)).find((each) => each !== undefined);
  return {
    outcome: "covered",
    host,
    sentence: `${host} is covered by ${nearest.title}; likely ${nearest.controller.name} is responsible`,
    likely: nearest.controller.name,
    why: [
      covered?.host.startsWith("*.") === true
        ? `The notice speaks for every host below ${covered.host.slice(2)}.`
        : `The notice names ${covered?.host ?? host} among the hosts it speaks for.`,
      ...portSentence(port, covered?.host),
      ...warnings,
    ],
    notices: relatedNotices(found, coverage.policies()),
    named,
    storesNothing: coverage.storesNothing(host),
    cautions: cautionsOf(found, hosts),
  };
}

/** Recipients that are reached on one of the hosts. */
function reachedAt(policy: Policy, hosts: readonly string[]): readonly NamedElsewhere[] {
  return policy.notice.recipients
    .filter((each) => {
      const covers = each.hosts.map((host) => ({ host }));
      return hosts.some((host) => coveredBy(covers, host) !== undefined);
    })
    .map(({ id, name, does, privacy }) => ({
      notice: policy.id,
      clause: id,
      does: `${name}, which ${does}`,
      ...(privacy === undefined ? {} : { privacy }),
    }));
}

function cautionsOf(found: readonly Policy[], hosts: readonly string[]): readonly string[] {
  const cautions = found.flatMap((policy) => hosts.map((each) => coveredBy(policy, each)?.caution));
  return [...new Set(cautions.filter((each) => each !== undefined))];
}

function portSentence(port: string | undefined, named: string | undefined): readonly string[] {
  if (port === undefined || named?.endsWith(`:${port}`) === true) return [];
  return [`Port ${port} may be another program on the same host; its operator knows.`];
}

function trapSentence(trap: AddressTrap, host: string): string {
  switch (trap) {
    case "user name before the host":
      return `What stands before the @ is a user name and no host: the page is on ${host}.`;
    case "letters outside ASCII":
      return `The name is written with letters outside ASCII and may only look like another: in full it is ${host}.`;
    default:
      return trap satisfies never;
  }
}

const ownMachine =
  "It is an address of your own machine: you run what answers there, and how you installed it likely tells whose it is; ask with pip:NAME, conda:NAME or npm:NAME.";

/** Loopback by name or number, as the URL standard writes them. */
export function isOwnMachine(host: string): boolean {
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    /^127(?:\.\d+){3}$/.test(host) ||
    host === "[::1]" ||
    host === "0.0.0.0"
  );
}

function isName(host: string): boolean {
  return host.includes(".") && !/^[\d.]+$/.test(host) && !host.startsWith("[");
}
