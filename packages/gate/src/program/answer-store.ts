// Where a program keeps what people answered: one answer a feature, the newest; never an address or a User-Agent (clauses.md JL3, PS13).

/** `ask` is no answer: nobody stores it. */
export const answers = ["yes", "no"] as const;
export type Given = (typeof answers)[number];

export interface StoredAnswer {
  readonly notice: string;
  readonly feature: string;
  readonly answer: Given;
  /** Of the feature, as it was declared when people answered. */
  readonly declaration: string;
  /** Policy version. */
  readonly version: string;
  /** SHA-256 (hex) of the text that was shown. */
  readonly shown: string;
  /** BCP 47. */
  readonly language: string;
  /** `page`, `terminal`, `settings`, `command`. */
  readonly surface: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Hosts taken from configuration that were shown. */
  readonly hosts: readonly string[];
}

export interface AnswerStore {
  /** Undefined where there is none, and where what is there is damaged. @throws when it cannot be read at all */
  get(feature: string): Promise<StoredAnswer | undefined>;
  /** @throws when it cannot be kept: then nothing was answered. */
  put(answer: StoredAnswer): Promise<void>;
}

/** Longest answer in a store, in characters. */
export const longestAnswer = 8192;

/** What a store holds, if it is an answer of this notice and feature; anything else is none. */
export function readAnswer(text: string, notice: string, feature: string): StoredAnswer | undefined {
  if (text.length > longestAnswer) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const found = value as Partial<Record<keyof StoredAnswer, unknown>>;
  const { answer, declaration, version, shown, language, surface, at, hosts } = found;
  const texts = [declaration, version, shown, language, surface];
  if (found.notice !== notice || found.feature !== feature) return undefined;
  if (!texts.every((each) => typeof each === "string" && each.length <= 200)) return undefined;
  if (typeof at !== "number" || !Number.isFinite(at)) return undefined;
  if (!Array.isArray(hosts) || !hosts.every((each) => typeof each === "string")) return undefined;
  if (answer !== "yes" && answer !== "no") return undefined;
  return {
    notice,
    feature,
    answer,
    at,
    hosts,
    ...(found as Pick<StoredAnswer, "declaration" | "version" | "shown" | "language" | "surface">),
  };
}

/** Forgets with the process. */
export function createMemoryStore(): AnswerStore {
  const kept = new Map<string, StoredAnswer>();
  return {
    get: async (feature) => kept.get(feature),
    put: async (answer) => void kept.set(answer.feature, answer),
  };
}
