// The gate as programs hold it: typed by what `avow types` wrote, so that an undeclared feature or host does not compile.
import type { FeatureState, Given, ProgramFeature, ProgramGate, Question, Receipt, State } from "../program/index.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";

/** As in a module that `avow types` wrote. */
export interface DeclaredFeatures {
  readonly feature: string;
  readonly url: Readonly<Record<string, string>>;
}

type Hosts<D extends DeclaredFeatures, F> = F extends keyof D["url"] ? D["url"][F] : never;

export interface Gate<D extends DeclaredFeatures = DeclaredFeatures> {
  readonly features: readonly ProgramFeature[];
  state(feature: D["feature"]): Promise<FeatureState>;
  question(feature: D["feature"]): Question;
  /** `yes` only if nothing forbids it and somebody agreed to exactly this declaration. */
  ask(feature: D["feature"]): Promise<State>;
  answer(feature: D["feature"], answer: Given): Promise<Receipt>;
  withdraw(feature: D["feature"]): Promise<Receipt>;
  /** @throws NotAllowed before anything is sent */
  fetch<F extends D["feature"]>(feature: F, url: Hosts<D, F>, init?: RequestInit): Promise<Response>;
  /** Called when a feature is turned off: clear what it brought. @returns stops listening */
  onClosed(feature: D["feature"], act: () => void): () => void;
}

export function typedGate<D extends DeclaredFeatures>(gate: ProgramGate, fetch: GuardedFetch): Gate<D> {
  return {
    features: gate.features,
    state: (feature) => gate.state(feature),
    question: (feature) => gate.question(feature),
    ask: (feature) => gate.ask(feature),
    answer: (feature, answer) => gate.answer(feature, answer, "settings"),
    withdraw: (feature) => gate.withdraw(feature, "settings"),
    fetch: (feature, url, init) => fetch(feature, url, init),
    onClosed: (feature, act) => gate.onClosed(feature, act),
  };
}

/** SHA-256 as hex, by the Web Crypto API of browsers and Node. */
export async function webDigest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
