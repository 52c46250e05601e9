// The closed sets of words whose meaning the language itself fixes (docs/design/language.md, Values).

/** Conditions that hold or fail by the person's answer and signals. */
export const conditions = ["always", "opt-out", "opt-in", "necessary"] as const;
export type Condition = (typeof conditions)[number];

/** The four grounds of disclosure; each stands alone in the order of conditions. */
export const grounds = [
  "authorised by the person",
  "necessary for what they requested",
  "fraud or misuse",
  "required by law",
] as const;
export type Ground = (typeof grounds)[number];

export const roles = ["processor", "joint controller", "independent controller", "public body"] as const;
export const holdings = ["stores", "transits", "nothing", "not stated"] as const;
export const reaches = ["directly", "by us"] as const;
export const simpleForms = ["raw", "truncated", "pseudonymous", "hashed", "encrypted"] as const;

/** Everybody, as a recipient. */
export const everybody = "public";
/** The controller itself, as the place a ban keeps data from. */
export const ourselves = "us";
/** The device of the person the data is about, as a place where data rests. */
export const ownDevice = "their own device";
/** Words of `to` that name no recipient, so that none can take them as its id. */
export const placeWords = ["nobody", everybody, ourselves, ownDevice] as const;
/** The anchor of a length without an event. */
export const collection = "collection";

export function isOneOf<T extends string>(values: readonly T[], word: string): word is T {
  return (values as readonly string[]).includes(word);
}
