// Why a server did not start: always something its operator can put right, said with the place and the remedy.

/** Thrown by `startServer`; the message is meant for the terminal as it stands. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
  /** A setting is wrong in itself, whatever the machine or the notices are like. */
  readonly isMisuse: boolean;

  constructor(message: string, options: ErrorOptions & { readonly isMisuse?: boolean } = {}) {
    super(message, options);
    this.isMisuse = options.isMisuse ?? false;
  }
}

/** Errors of the stores that say what to do; anything else stays a fault. */
const tellingErrors = new Set(["StoreBusyError", "StoreTooNewError", "StoreDamagedError", "DiskFullError"]);

export function refusedStart(error: unknown): unknown {
  if (error instanceof StartRefused || !(error instanceof Error)) return error;
  if (tellingErrors.has(error.name)) return new StartRefused(error.message, { cause: error });
  const { code, path } = error as Error & { readonly code?: string; readonly path?: string };
  if (path !== undefined && (code === "EACCES" || code === "EROFS" || code === "ENOTDIR" || code === "EEXIST")) {
    return new StartRefused(
      `\`${path}\` cannot be used (${code})\n  give another directory with --data, or let this user write there`,
      { cause: error, isMisuse: code === "ENOTDIR" || code === "EEXIST" },
    );
  }
  return error;
}
