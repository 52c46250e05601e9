// Errors of the stores; each names what could not be done and what to do, never the values that were being kept.

/** No space left; nothing of what was asked has been kept. Appends work again once there is space. */
export class DiskFullError extends Error {
  override readonly name = "DiskFullError";
  constructor(what: string, cause: unknown) {
    super(`${what}: no space left on the disk; free some, nothing needs restarting`, { cause });
  }
}

/** The directory is in use by another process, or by another opening in this one. */
export class StoreBusyError extends Error {
  override readonly name = "StoreBusyError";
  constructor(dir: string, cause?: unknown) {
    super(`\`${dir}\` is in use by another process; stop that one, or choose another data directory`, { cause });
  }
}

export class StoreClosedError extends Error {
  override readonly name = "StoreClosedError";
  constructor() {
    super("the store is closed; open it again before use");
  }
}

/** The store on disk is of a later version of Avow than this one. */
export class StoreTooNewError extends Error {
  override readonly name = "StoreTooNewError";
  constructor(path: string, found: number, known: number) {
    super(`\`${path}\` is of version ${found}, this Avow knows up to ${known}; run the newer Avow again`);
  }
}

/** The file cannot be read as what it should be; nothing of it was changed. */
export class StoreDamagedError extends Error {
  override readonly name = "StoreDamagedError";
  constructor(path: string, cause: unknown) {
    super(
      `\`${path}\` is damaged and was left as it is\n  put back a copy of it, or move it away to begin with empty records (sites, keys and the owner are then made anew)`,
      { cause },
    );
  }
}

/** A row or question whose values are outside what the store can hold or answer. */
export class StoreValueError extends RangeError {
  override readonly name = "StoreValueError";
}

/** The site's day is closed: only counts of it are kept, and no row can be added to them. */
export class DayClosedError extends Error {
  override readonly name = "DayClosedError";
  readonly site: string;
  readonly day: string;
  constructor(site: string, day: string) {
    super(`the day ${day} of \`${site}\` is closed; only its counts are kept, so no event of that day can be added`);
    this.site = site;
    this.day = day;
  }
}
