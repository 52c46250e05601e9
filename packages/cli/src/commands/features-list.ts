// `avow features list`: each feature with its state and why, what it would send and to whom (clauses.md JL3–JL5).
import type { ProgramContact, ProgramFeature } from "@avow/policy";
import { type FeatureState, listed } from "@avow/gate/program";
import { type Context, report } from "../context.ts";
import { aligned, painted } from "../terminal.ts";
import { type FoundProgram, type ProgramOptions, programOf } from "./features-program.ts";

export async function listFeatures(context: Context, given: string, options: ProgramOptions): Promise<void> {
  const program = await programOf(context, given, options);
  const { table, gate, agreed } = program;
  const states = new Map<string, FeatureState>();
  for (const { id } of table.features) states.set(id, await gate.state(id));
  const features = table.features.map((each) => ({
    ...each,
    ...states.get(each.id),
    ...((agreed.get(each.id) ?? []).length === 0 ? {} : { agreedHosts: agreed.get(each.id) }),
  }));
  const { notice, title, version, contact } = table;
  const open = features.filter(({ state }) => state === "yes").length;
  const head = `${title}: ${counted(features.length, "feature")}, ${open === 0 ? "none" : open} allowed to contact anybody`;
  const blocks = table.features.map((each) => block(context, program, each, states.get(each.id)));
  report(context, options, { notice, title, version, contact, features }, [head, ...blocks].join("\n\n"));
}

function block(context: Context, { agreed }: FoundProgram, feature: ProgramFeature, found?: FeatureState): string {
  const { state = "no", because = { kind: "undeclared" } } = found ?? {};
  const colour = ({ yes: "green", no: "red", ask: "yellow" } as const)[state];
  const rows = [
    ["does", feature.does],
    ...(feature.within === undefined ? [] : [["within", feature.within]]),
    ...feature.contacts.flatMap((each) => contactRows(each, agreed.get(feature.id) ?? [])),
    ["sends", feature.sends.length === 0 ? "not stated" : listed(feature.sends)],
    ["for", feature.for.length === 0 ? "not stated" : listed(feature.for)],
    ...(feature.off === undefined ? [] : [["off", feature.off]]),
  ];
  return `${feature.id}: ${painted(context.terminal, colour, state)}, ${reason(because)}\n${aligned(rows, "  ")}`;
}

function contactRows(contact: ProgramContact, agreed: readonly string[]): readonly (readonly string[])[] {
  const { name, hosts, isBehind, holds, sees, keeps, privacy } = contact;
  const where =
    isBehind === true
      ? "behind another"
      : hosts.length > 0
        ? hosts.join(", ")
        : `host from the program's configuration${agreed.length === 0 ? "" : `, agreed: ${agreed.join(", ")}`}`;
  const keeping =
    holds === "not stated" ? "what it keeps is not stated" : `${holds}${keeps === undefined ? "" : ` ${keeps}`}`;
  const seen = sees === undefined ? "what it sees is not stated" : `sees ${listed(sees)}`;
  return [
    ["contacts", `${name} (${where})`],
    ["", `${keeping}; ${seen}`],
    ...(privacy === undefined ? [] : [["", privacy]]),
  ];
}

export function reason(because: FeatureState["because"]): string {
  switch (because.kind) {
    case "unasked":
      return "nobody has answered";
    case "answered":
      return `answered on ${day(because.at)}`;
    case "changed":
      return `asked again: what was answered on ${day(because.at)} was something else`;
    case "forbidden":
      return `forbidden by ${because.by === "installation" ? "this installation" : because.by}`;
    case "within":
      return `needs a yes to ${because.feature} first`;
    case "undeclared":
      return "not declared as a feature that can be reached";
    default:
      return because satisfies never;
  }
}

function day(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "an unknown day" : date.toISOString().slice(0, 10);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
