// What is answered to "whose notice": who is likely responsible and why, the nearest notice first (clauses.md JP4, JP5, JP10, JP11).

/** How a notice stands to what was asked. */
export const relations = ["nearest", "covers it too", "parent", "names it as a notice of its own"] as const;
export type Relation = (typeof relations)[number];

export interface WhoseNotice {
  readonly id: string;
  readonly title: string;
  readonly relation: Relation;
  readonly version: string;
  readonly controller: string;
  readonly contact: string;
  readonly example?: string;
}

/** Somebody a notice names who is not its controller: their practices are theirs. */
export interface NamedElsewhere {
  readonly notice: string;
  readonly clause: string;
  readonly does: string;
  readonly privacy?: string;
  readonly contact?: string;
}

export interface WhoseAnswer {
  readonly asked: string;
  readonly outcome: "covered" | "not covered" | "unreadable";
  /** One sentence, without a full stop. */
  readonly sentence: string;
  /** Who is likely responsible; absent where nothing tells. */
  readonly likely?: string;
  /** Why that is likely, and what would make it otherwise; sentences. */
  readonly why: readonly string[];
  readonly host?: string;
  readonly method?: string;
  readonly name?: string;
  /** Nearest first; empty when no notice here answers. */
  readonly notices: readonly WhoseNotice[];
  readonly named: readonly NamedElsewhere[];
  readonly storesNothing: boolean;
  readonly cautions: readonly string[];
  /** Whom to ask: the nearest notice's controller; where none answers, whoever answers for the notices here. */
  readonly contact?: string;
}
