// Decisions with reason per CPU-second at 50 and 500 practices beside CASL, casbin and cedar-wasm on the same questions; equal verdicts first.
import { type Policy, type Request, compileNotice, decide, parseNotice, standardVocabulary } from "@avow/policy";
import { AbilityBuilder, createMongoAbility, subject } from "@casl/ability";
import { newEnforcer, newModelFromString } from "casbin";
import { median } from "./median.ts";
import type { Line } from "./run.ts";

/** A question every engine can be asked: one datum, one purpose, one recipient, and whether the person said yes. */
interface Question {
  readonly data: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly agreed: boolean;
}

type EntityJson = {
  uid: { type: string; id: string };
  attrs: Record<string, never>;
  parents: { type: string; id: string }[];
};
type Engine = { readonly name: string; readonly ask: (question: number) => boolean };

/** The bar is at the first. */
const sizes = [50, 500] as const;
const windows = 5;
const windowMs = 600;

/** A small deterministic generator: the same practices and questions on every run and machine. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const terms = (kind: string): string[] =>
  standardVocabulary.terms.filter((term) => term.kind === kind).map((term) => term.key);
const data = terms("data");
const purposes = terms("purpose");
const recipients = Array.from({ length: 12 }, (_, index) => `recipient-${index}`);

interface Rule {
  readonly id: string;
  readonly data: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly optIn: boolean;
}

/** What every engine is told, and asked. */
interface World {
  readonly rules: readonly Rule[];
  readonly questions: readonly Question[];
}

function worldOf(practices: number): World {
  const pick = generator(20_261_120);
  const rules = Array.from({ length: practices }, (_, index) => ({
    id: `practice-${index}`,
    data: data[pick(data.length)] ?? "",
    purpose: purposes[pick(purposes.length)] ?? "",
    recipient: recipients[pick(recipients.length)] ?? "",
    optIn: index % 5 === 0,
  }));
  const questions = Array.from({ length: 4096 }, (_, index) => {
    const near = rules[pick(rules.length)] ?? rules[0]!;
    // Three in five stand near a rule: a little over half are then allowed, the share one meets in service.
    const stray = index % 5 < 2;
    return {
      data: stray ? (data[pick(data.length)] ?? "") : near.data,
      purpose: stray && index % 5 === 0 ? (purposes[pick(purposes.length)] ?? "") : near.purpose,
      recipient: near.recipient,
      agreed: pick(2) === 0,
    };
  });
  return { rules, questions };
}

/** Every term with all terms at or below it: what flat engines must be told to give the same verdicts. */
function belowOf(kind: string): Map<string, string[]> {
  const all = standardVocabulary.terms.filter((term) => term.kind === kind);
  const parents = new Map(all.map((term) => [term.key, term.parents] as const));
  const above = (key: string): string[] => [key, ...(parents.get(key) ?? []).flatMap(above)];
  const below = new Map<string, string[]>(all.map((term) => [term.key, []]));
  for (const term of all) for (const ancestor of new Set(above(term.key))) below.get(ancestor)?.push(term.key);
  return below;
}

function ours({ rules, questions }: World): { engine: Engine; policy: Policy } {
  const text = [
    "avow: 1\nnotice: bench\ntitle: Bench\ncontroller: { name: Bench, contact: bench@example.org }\ncovers: [bench.example]\nrecipients:",
    ...recipients.map((id) => `  ${id}: { role: processor, name: ${id}, does: works, holds: stores }`),
    "practices:",
    ...rules.map(
      (rule) =>
        `  - { id: ${rule.id}, from: visitor, data: ["${rule.data}"], for: ["${rule.purpose}"], when: ${rule.optIn ? "opt-in" : "always"}, basis: consent, form: raw, keep: 30 days, to: [${rule.recipient}] }`,
    ),
    `page:\n  - Everything: [${[...recipients, ...rules.map((rule) => rule.id)].join(", ")}]`,
  ].join("\n");
  const { notice, diagnostics } = parseNotice(text, "bench.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("; "));
  const policy = compileNotice(notice, { vocabulary: standardVocabulary });
  const requests: Request[] = questions.map((question) => ({
    act: "send",
    data: question.data,
    from: "visitor",
    for: question.purpose,
    to: question.recipient,
    answer: question.agreed ? "yes" : "ask",
  }));
  return { policy, engine: { name: "avow", ask: (n) => decide(policy, requests[n]!).allowed } };
}

/** The naive answer, straight from the rules: what every engine must agree with before it is measured. */
function oracle({ rules }: World): (question: Question) => boolean {
  const [dataBelow, purposeBelow] = [belowOf("data"), belowOf("purpose")];
  return (question) =>
    rules.some(
      (rule) =>
        dataBelow.get(rule.data)?.includes(question.data) === true &&
        purposeBelow.get(rule.purpose)?.includes(question.purpose) === true &&
        rule.recipient === question.recipient &&
        (!rule.optIn || question.agreed),
    );
}

/** CASL as its guide uses it: purpose as action, datum as subject type, recipient and answer as conditions; the rule found is the reason. */
function casl({ rules, questions }: World): Engine {
  const [dataBelow, purposeBelow] = [belowOf("data"), belowOf("purpose")];
  const { can, build } = new AbilityBuilder(createMongoAbility);
  for (const rule of rules) {
    const conditions = { recipient: rule.recipient, ...(rule.optIn ? { agreed: true } : {}) };
    can(purposeBelow.get(rule.purpose) ?? [], dataBelow.get(rule.data) ?? [], conditions);
  }
  const ability = build();
  const asked = questions.map(
    ({ data: datum, purpose, recipient, agreed }) => [purpose, subject(datum, { recipient, agreed })] as const,
  );
  return { name: "casl", ask: (n) => ability.relevantRuleFor(asked[n]![0], asked[n]![1]) !== null };
}

/** CASL with every dimension flattened by hand into one action word made beforehand: no condition, a boolean, no reason. Shown, not the bar. */
function caslFlattened({ rules, questions }: World): Engine {
  const [dataBelow, purposeBelow] = [belowOf("data"), belowOf("purpose")];
  const { can, build } = new AbilityBuilder(createMongoAbility);
  for (const rule of rules) {
    const actions = (purposeBelow.get(rule.purpose) ?? []).flatMap((purpose) =>
      (rule.optIn ? [true] : [true, false]).map((agreed) => `${purpose}|${rule.recipient}|${agreed}`),
    );
    can(actions, dataBelow.get(rule.data) ?? []);
  }
  const ability = build();
  const asked = questions.map(
    (question) => [`${question.purpose}|${question.recipient}|${question.agreed}`, question.data] as const,
  );
  return { name: "casl, flattened by hand, no reason", ask: (n) => ability.can(asked[n]![0], asked[n]![1]) };
}

async function casbin({ rules, questions }: World): Promise<Engine> {
  const [dataBelow, purposeBelow] = [belowOf("data"), belowOf("purpose")];
  const model = newModelFromString(
    "[request_definition]\nr = data, purpose, recipient, agreed\n[policy_definition]\np = data, purpose, recipient, agreed\n[policy_effect]\ne = some(where (p.eft == allow))\n[matchers]\nm = r.data == p.data && r.purpose == p.purpose && r.recipient == p.recipient && (p.agreed == 'any' || r.agreed == p.agreed)",
  );
  const enforcer = await newEnforcer(model);
  for (const rule of rules) {
    for (const datum of dataBelow.get(rule.data) ?? []) {
      for (const purpose of purposeBelow.get(rule.purpose) ?? []) {
        await enforcer.addPolicy(datum, purpose, rule.recipient, rule.optIn ? "yes" : "any");
      }
    }
  }
  return {
    name: "casbin",
    ask: (n) => {
      const question = questions[n]!;
      return enforcer.enforceSync(question.data, question.purpose, question.recipient, question.agreed ? "yes" : "ask");
    },
  };
}

async function cedar({ rules, questions }: World): Promise<Engine> {
  const wasm = await import("@cedar-policy/cedar-wasm/nodejs");
  const policies = rules
    .map((rule) => {
      const condition = rule.optIn ? " when { context.agreed }" : "";
      return `permit (principal in Recipient::${JSON.stringify(rule.recipient)}, action in Action::${JSON.stringify(rule.purpose)}, resource in Datum::${JSON.stringify(rule.data)})${condition};`;
    })
    .join("\n");
  const byKey = new Map(standardVocabulary.terms.map((term) => [`${term.kind}:${term.key}`, term]));
  /** Only what the question needs travels with it: its own two terms and all above them. */
  const entityOf = (kind: "data" | "purpose", key: string): EntityJson[] => {
    const type = kind === "data" ? "Datum" : "Action";
    const parents = byKey.get(`${kind}:${key}`)?.parents ?? [];
    return [
      { uid: { type, id: key }, attrs: {}, parents: parents.map((id) => ({ type, id })) },
      ...parents.flatMap((each) => entityOf(kind, each)),
    ];
  };
  const entitiesOf = questions.map((question) => {
    const all = [...entityOf("data", question.data), ...entityOf("purpose", question.purpose)];
    return [...new Map(all.map((each) => [JSON.stringify(each.uid), each])).values()];
  });
  const set = `bench-${rules.length}`;
  const loaded = wasm.preparsePolicySet(set, { staticPolicies: policies });
  if (loaded.type === "failure") throw new Error(JSON.stringify(loaded.errors));
  return {
    name: "cedar-wasm, preparsed",
    ask: (n) => {
      const question = questions[n]!;
      const reply = wasm.statefulIsAuthorized({
        principal: { type: "Recipient", id: question.recipient },
        action: { type: "Action", id: question.purpose },
        resource: { type: "Datum", id: question.data },
        context: { agreed: question.agreed },
        preparsedPolicySetId: set,
        entities: entitiesOf[n]!,
      });
      if (reply.type === "failure") throw new Error(JSON.stringify(reply.errors));
      return reply.response.decision === "allow";
    },
  };
}

/** Decisions per CPU-second over one window; the loop is the same for every engine and reads the clock seldom. */
function measure(engine: Engine): number {
  const before = process.cpuUsage();
  const endAt = performance.now() + windowMs;
  let asked = 0;
  let allowed = 0;
  do {
    for (let burst = 0; burst < 256; burst += 1) if (engine.ask((asked + burst) & 4095)) allowed += 1;
    asked += 256;
  } while (performance.now() < endAt);
  const used = process.cpuUsage(before);
  if (allowed === 0) throw new Error(`${engine.name} allowed nothing`);
  return asked / ((used.user + used.system) / 1e6);
}

export async function run(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const practices of sizes) lines.push(...(await compared(worldOf(practices))));
  return lines;
}

async function compared(world: World): Promise<readonly Line[]> {
  const { rules, questions } = world;
  const truth = oracle(world);
  const engines = [ours(world).engine, casl(world), caslFlattened(world), await casbin(world), await cedar(world)];
  for (const engine of engines) {
    for (let n = 0; n < 512; n += 1) {
      const expected = truth(questions[n]!);
      if (engine.ask(n) !== expected)
        throw new Error(`${engine.name} disagrees on ${JSON.stringify(questions[n])}: expected ${expected}`);
    }
  }
  const share = questions.filter(truth).length / questions.length;
  const perSecond = new Map<string, number[]>(engines.map((engine) => [engine.name, []]));
  for (const engine of engines) measure(engine);
  for (let window = 0; window < windows; window += 1) {
    for (const engine of engines) perSecond.get(engine.name)?.push(measure(engine));
  }
  const figure = (name: string): number => median(perSecond.get(name) ?? []);
  const ratio = median(
    (perSecond.get("avow") ?? []).map((each, index) => each / (perSecond.get("casl")?.[index] ?? 1)),
  );
  const bar = rules.length === sizes[0] ? { bar: "≥ 3", holds: ratio >= 3 } : {};
  return [
    {
      what: `${rules.length} practices: questions, same verdict from every engine on 512`,
      figure: `${questions.length}, ${Math.round(share * 100)} % allowed`,
    },
    ...engines.map((engine) => ({
      what: `${engine.name}: decisions per CPU-second`,
      figure: Math.round(figure(engine.name)).toLocaleString("en"),
    })),
    { what: "avow ÷ CASL (median of 5 windows, interleaved)", figure: ratio.toFixed(1), ...bar },
  ];
}
