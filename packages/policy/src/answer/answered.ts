// An answer to one question, and the word for what a notice does not say.

export interface QuestionAnswer {
  readonly id: string;
  readonly asks: string;
  /** `unknown`, or what the notice says; a yes-or-no question begins with `yes` or `no`. */
  readonly answer: string;
  /** Ids of the clauses it stands on. */
  readonly clauses: readonly string[];
  /** Why it is unknown. */
  readonly because?: string;
}

export type Answered = Omit<QuestionAnswer, "id" | "asks">;

export function unknown(because: string, clauses: readonly string[] = []): Answered {
  return { answer: "unknown", because, clauses };
}

export function idsOf(each: readonly { readonly id: string }[]): readonly string[] {
  return each.map(({ id }) => id);
}
