// The gate inside a program: asks, keeps the answer, and lets a feature out only while it is yes (clauses.md JP1, JP3, JL1–JL4).
import type { ProgramFeature, ProgramTable } from "@avow/policy";
import type { AnswerStore, Given, StoredAnswer } from "./answer-store.ts";
import { type FeatureState, type State, chainOf, featureOf, featureState } from "./feature-state.ts";
import type { Signals } from "./forbidding.ts";
import { type Asker, type Question, type QuestionWords, questionOf } from "./question.ts";

/** What a person did when asked; `later` is a dismissal, a look at the notice, or nobody there: it stores nothing. */
export type Reply = Given | "later";

export type Prompt = (question: Question, feature: string) => Promise<Reply>;

/** What a gate has to say to whoever runs the program; never an address or anything of a person. */
export type ProgramNote =
  | { readonly kind: "answer not read"; readonly feature: string }
  | { readonly kind: "answer not kept"; readonly feature: string }
  | { readonly kind: "refused"; readonly feature: string; readonly reason: string };

export interface ProgramPorts {
  readonly store: AnswerStore;
  /** Asked anew each time: a signal that comes later counts too. */
  readonly signals: () => Signals;
  readonly prompt?: Prompt;
  readonly nowMs: () => number;
  /** SHA-256, hex. */
  readonly digest: (text: string) => Promise<string>;
  /** Hosts that come from configuration, e.g. `registryOf(npm)`, by feature. */
  readonly configured?: Readonly<Record<string, () => readonly string[]>>;
  readonly words?: QuestionWords;
  readonly asker: Asker;
  readonly report?: (note: ProgramNote) => void;
}

/** Proof for the person of what was asked, shown, answered and when. */
export interface Receipt extends StoredAnswer {
  readonly title: string;
  readonly text: string;
}

export interface ProgramGate {
  readonly features: readonly ProgramFeature[];
  state(feature: string): Promise<FeatureState>;
  question(feature: string): Question;
  /** Asks if nobody has answered yet; a feature within another only after that one's yes. */
  ask(feature: string): Promise<State>;
  /** @throws when it cannot be kept: nothing is let out then. */
  answer(feature: string, answer: Given, surface: string): Promise<Receipt>;
  /** Says no, and ends at once what is under way for it and for all within it. */
  withdraw(feature: string, surface: string): Promise<Receipt>;
  /** Called when a feature stops being allowed: abort, clear what was fetched. @returns stops listening */
  onClosed(feature: string, act: () => void): () => void;
  configured(feature: string): readonly string[];
}

export class UndeclaredFeature extends Error {
  constructor(feature: string, known: readonly string[]) {
    super(`the notice declares no feature \`${feature}\`; it declares ${known.join(", ") || "none"}`);
    this.name = "UndeclaredFeature";
  }
}

export function createProgramGate(table: ProgramTable, ports: ProgramPorts): ProgramGate {
  return new GateOfProgram(table, ports);
}

class GateOfProgram implements ProgramGate {
  readonly #table: ProgramTable;
  readonly #ports: ProgramPorts;
  readonly #closing = new Map<string, Set<() => void>>();
  readonly #asking = new Map<string, Promise<State>>();
  /** What this process heard and could not keep: a no holds here all the same. */
  readonly #heard = new Map<string, StoredAnswer>();

  constructor(table: ProgramTable, ports: ProgramPorts) {
    this.#table = table;
    this.#ports = ports;
  }

  get features(): readonly ProgramFeature[] {
    return this.#table.features;
  }

  configured(id: string): readonly string[] {
    return this.#ports.configured?.[id]?.() ?? [];
  }

  question(id: string): Question {
    return questionOf(this.#declared(id), this.#ports.asker, this.configured(id), this.#ports.words);
  }

  async state(id: string): Promise<FeatureState> {
    const stored = new Map<string, StoredAnswer | undefined>();
    for (const { id: each } of chainOf(this.#table, id) ?? []) stored.set(each, await this.#read(each));
    const answerOf = (each: string): StoredAnswer | undefined => stored.get(each);
    const configured = (each: string): readonly string[] => this.configured(each);
    return featureState({ table: this.#table, signals: this.#ports.signals(), answerOf, configured }, id);
  }

  async ask(id: string): Promise<State> {
    this.#declared(id);
    // Two parts of a program may want the same answer: people are asked once.
    const known = this.#asking.get(id);
    if (known !== undefined) return known;
    const asked = this.#askOnce(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asked);
    return asked;
  }

  async answer(id: string, answer: Given, surface: string): Promise<Receipt> {
    return this.#put(id, answer, surface, this.question(id));
  }

  async withdraw(id: string, surface: string): Promise<Receipt> {
    return this.#put(id, "no", surface, this.question(id));
  }

  onClosed(id: string, act: () => void): () => void {
    const acts = this.#closing.get(id) ?? new Set();
    this.#closing.set(id, acts);
    acts.add(act);
    return () => acts.delete(act);
  }

  async #askOnce(id: string): Promise<State> {
    const { state, because } = await this.state(id);
    if (state !== "ask" || because.kind === "within" || this.#ports.prompt === undefined) return state;
    // It may stand on the screen for an hour: what was shown is what was answered.
    const shown = this.question(id);
    const reply = await this.#ports.prompt(shown, id);
    if (reply === "later") return "ask";
    await this.#put(id, reply, this.#ports.asker === "browser" ? "page" : "terminal", shown);
    return (await this.state(id)).state;
  }

  async #read(id: string): Promise<StoredAnswer | undefined> {
    const no = this.#heard.get(id);
    if (no !== undefined) return no;
    try {
      return await this.#ports.store.get(id);
    } catch {
      this.#ports.report?.({ kind: "answer not read", feature: id });
      return undefined;
    }
  }

  async #put(id: string, answer: Given, surface: string, shown: Question): Promise<Receipt> {
    const { store, digest, nowMs, report } = this.#ports;
    const said = {
      notice: this.#table.notice,
      feature: id,
      answer,
      declaration: this.#declared(id).declaration,
      version: this.#table.version,
      shown: "",
      language: shown.language,
      surface,
      at: nowMs(),
      hosts: shown.configured,
    };
    // A no holds before anything else is done, and whether or not it can be kept.
    if (answer === "no") {
      this.#heard.set(id, said);
      this.#close(id);
    }
    const stored: StoredAnswer = { ...said, shown: await digest(shown.whole) };
    try {
      await store.put(stored);
    } catch (error) {
      report?.({ kind: "answer not kept", feature: id });
      throw error;
    }
    this.#heard.delete(id);
    return { ...stored, title: shown.title, text: shown.text };
  }

  /** The feature and all that are within it. */
  #close(id: string): void {
    for (const { id: each } of this.#table.features) {
      if (chainOf(this.#table, each)?.some((one) => one.id === id) !== true) continue;
      for (const act of this.#closing.get(each) ?? []) act();
    }
  }

  #declared(id: string): ProgramFeature {
    const found = featureOf(this.#table, id);
    if (found !== undefined) return found;
    throw new UndeclaredFeature(
      id,
      this.#table.features.map((each) => each.id),
    );
  }
}
