// Why a command ends without having done its work: a finding (exit 1) or misuse (exit 2), with what to do.

/** 0 fine, 1 findings, 2 misuse. */
export type ExitCode = 0 | 1 | 2;

/** The message is lower case without a full stop; `help` says what to do. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: ExitCode;
  readonly help: string | undefined;

  constructor(
    message: string,
    options: { readonly help?: string; readonly exitCode?: ExitCode; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.help = options.help;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** The command line itself is wrong. */
export function misuse(message: string, help?: string): CommandFailure {
  return new CommandFailure(message, { exitCode: 2, ...(help === undefined ? {} : { help }) });
}
