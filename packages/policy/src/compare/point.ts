// A point of the normal form: one thing permitted, with one value on every dimension (docs/design/comparison.md).
import type { Form, Keep, Voucher } from "../model/notice.ts";

/** In the order in which differences are told. */
export const dimensions = ["act", "data", "subject", "purpose", "recipient", "form", "keep", "condition"] as const;
export type Dimension = (typeof dimensions)[number];

/** `contact` is a feature or a page that makes the person's own machine reach somebody. */
export const acts = ["read", "hold", "send", "contact"] as const;
export type Act = (typeof acts)[number];

/** Who gets data, with all that bears on how well it is protected there. */
export interface Receiver {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly reached: "directly" | "by us";
  readonly hosts: readonly string[];
  readonly holds: "stores" | "transits" | "nothing" | "not stated";
  /** Undefined: not stated, which may be anything. */
  readonly sees?: readonly string[];
  readonly visibleToUs?: boolean;
  readonly hasAgreement: boolean;
  readonly hasPrivacy: boolean;
  readonly voucher?: Voucher;
  /** The rawest form it may store; undefined: whatever it is sent. */
  readonly storesAs?: Form;
  /** Undefined: not stated, which may be for ever. */
  readonly keeps?: Keep;
  /** What it uses the data for itself; undefined: not stated. */
  readonly usesFor?: readonly string[];
  /** All it stands on, directly or not. Theirs is empty: the list is flat. */
  readonly through: readonly Receiver[];
}

/** When a point holds: the condition itself, and the features to which a yes must have been said besides. */
export interface Condition {
  readonly when: string;
  readonly features: readonly string[];
}

export interface Point {
  /** The clause it comes from; no dimension. */
  readonly clause: string;
  /** Id of the notice it stands in; no dimension. */
  readonly notice: string;
  readonly act: Act;
  /** What may be together. INVARIANT: never expanded; data held together is more than its parts. */
  readonly data: readonly string[];
  /** Empty on a contact. */
  readonly subject: string;
  readonly purpose: string;
  /** Undefined: the controller itself. */
  readonly recipient?: Receiver;
  readonly form: Form;
  /** `never by us` is the moment in which data comes and is gone: the least there is. */
  readonly keep: Keep;
  readonly condition: Condition;
  /** A label, reported and not ordered. */
  readonly basis: string;
}
