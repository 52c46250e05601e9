// What one look of `avow doctor` found.

/** `note` is worth knowing and harms nobody; `finding` is to be put right. */
export interface Finding {
  readonly look: string;
  readonly state: "ok" | "note" | "finding";
  readonly says: string;
  /** What to do, one line. */
  readonly remedy?: string;
}
