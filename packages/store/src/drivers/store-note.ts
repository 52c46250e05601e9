// What a store tells its operator about itself; free of personal data.

export type StoreNote =
  /** A segment ended in bytes that are no record; usual after a crash, when they were never acknowledged. */
  | {
      readonly kind: "spool-cut";
      readonly day: string;
      readonly segment: number;
      readonly bytes: number;
      readonly isKept: boolean;
    }
  /** A day file would not open or be read and was made anew from its spool; the old one is at `aside`. */
  | {
      readonly kind: "day-rebuilt";
      readonly day: string;
      readonly aside: string;
      readonly rows: number;
      readonly cause: unknown;
    }
  /** What was kept of a closed day cannot be read; the file is at `aside`. */
  | { readonly kind: "cells-damaged"; readonly day: string; readonly aside: string }
  /** Rows stay in the spool for now; the store tries again. */
  | { readonly kind: "apply-failed"; readonly cause: unknown };

export function noteText(note: StoreNote): string {
  switch (note.kind) {
    case "spool-cut":
      return `spool of ${note.day}, segment ${note.segment}: ${note.bytes} bytes at its end were no record and were cut off${note.isKept ? ", kept beside it" : ""}`;
    case "day-rebuilt":
      return `the file of ${note.day} could not be read and was rebuilt from its spool (${note.rows} rows); the damaged file is \`${note.aside}\`, remove it when you have no use for it`;
    case "cells-damaged":
      return `what was kept of the closed day ${note.day} could not be read; the damaged file is \`${note.aside}\`, put back a copy of it if you have one`;
    case "apply-failed":
      // The class of the fault alone: a database may quote values in what follows the colon.
      return `rows wait in the spool: ${note.cause instanceof Error ? note.cause.message.split(":", 1)[0] : "unknown fault"}`;
    default:
      return note satisfies never;
  }
}
