// Asks the statement of a question and puts its rows into the answer's form.
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import type { Answer, Question } from "../contract.ts";
import { StoreValueError } from "../errors.ts";
import { answerFromRows, labelled } from "../question/answer-from-rows.ts";
import { leavesOf } from "../question/dimension-kind.ts";
import { withStoredValues } from "../question/empty-label.ts";
import { type AttachedDay, statementFor } from "./duckdb-question.ts";
import type { Readers } from "./duckdb-readers.ts";

export async function ask(
  readers: Readers,
  days: readonly AttachedDay[],
  asked: Question,
  signal?: AbortSignal,
): Promise<Answer> {
  // Without a file there is nothing to join: the reference says what nothing looks like.
  if (days.length === 0) return answerFromRows([], asked);
  const question = asked.filter === undefined ? asked : { ...asked, filter: withStoredValues(asked.filter) };
  return readers.use(async (connection) => {
    const rows = await run(connection, question, days);
    const width = question.dimensions.length;
    const total =
      rows[0] === undefined && (question.offset > 0 || question.limit === 0)
        ? await count(connection, question, days)
        : Number(rows[0]?.at(-1) ?? 0);
    return {
      rows: rows.slice(0, question.limit).map((row) => ({
        dimensions: row
          .slice(0, width)
          .map((value, index) =>
            labelled(question.dimensions[index], typeof value === "string" ? value : Number(value)),
          ),
        metrics: row
          .slice(width, width + question.metrics.length)
          .map((value) => (value === null ? null : Number(value))),
      })),
      total,
    };
  }, signal);
}

/** The page asked for is beyond the last row: ask for one row from the start, for the number it carries. */
async function count(connection: DuckDBConnection, question: Question, days: readonly AttachedDay[]): Promise<number> {
  const rows = await run(connection, { ...question, orderBy: [], limit: 1, offset: 0 }, days);
  return Number(rows[0]?.at(-1) ?? 0);
}

async function run(
  connection: DuckDBConnection,
  question: Question,
  days: readonly AttachedDay[],
): Promise<readonly DuckDBValue[][]> {
  try {
    return (await connection.runAndReadAll(statementFor(question, days))).getRows();
  } catch (cause) {
    if (hasPattern(question) && cause instanceof Error && cause.message.startsWith("Invalid Input Error")) {
      throw new StoreValueError("a pattern of the filter is not a regular expression this store can run (RE2 syntax)", {
        cause,
      });
    }
    throw cause;
  }
}

function hasPattern({ filter }: Question): boolean {
  return leavesOf(filter).some(({ op }) => op === "matches" || op === "matches_not");
}
