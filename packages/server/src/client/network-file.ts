// Lists an operator supplies as text, a network or a host on each line: read once at the start, refused by the number of a wrong line.
import { readPlainText } from "../notices/read-plain-file.ts";
import { StartRefused } from "../start-refused.ts";
import { type Cidr, readCidr } from "./address.ts";

/** Far above every public list; a wrong file ends here and not in memory. */
const mostLines = 2_000_000;

export interface Line {
  readonly text: string;
  readonly number: number;
}

/** Lines that say something: no blanks, no comments after `#`. @throws StartRefused with `remedy` when the file cannot be read */
export async function linesOf(path: string, what: string, remedy: string): Promise<readonly Line[]> {
  const text = await readPlainText(path).catch((cause: unknown) => {
    throw new StartRefused(`${what} \`${path}\` cannot be read\n  ${remedy}`, { cause, isMisuse: true });
  });
  const lines = text.split(/\r?\n/);
  if (lines.length > mostLines)
    throw new StartRefused(`${what} \`${path}\` has more than ${mostLines} lines\n  ${remedy}`);
  return lines
    .map((line, index) => ({ text: line.replace(/(?:^|\s)#.*/, "").trim(), number: index + 1 }))
    .filter(({ text: said }) => said !== "");
}

/** @throws StartRefused naming the line */
export function cidrOf(path: string, line: Line, cell: string, remedy: string): Cidr {
  const cidr = readCidr(cell);
  if (cidr === undefined) throw wrongLine(path, line, "a network", remedy);
  return cidr;
}

export function wrongLine(path: string, { text, number }: Line, what: string, remedy: string): StartRefused {
  return new StartRefused(`${path}:${number}: \`${text.slice(0, 80)}\` is not ${what}\n  ${remedy}`);
}
