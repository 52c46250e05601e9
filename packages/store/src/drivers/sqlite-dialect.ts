// Lets Kysely speak to the SQLite that comes with Node; Kysely's own dialect expects another library's names.
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { SqliteDialect } from "kysely";

export function nodeSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...given(parameters)),
          run: (parameters) => statement.run(...given(parameters)),
          iterate: (parameters) => statement.iterate(...given(parameters)),
        };
      },
    },
  });
}

/** Kysely passes on what the caller bound: text and numbers, here. */
function given(parameters: readonly unknown[]): SQLInputValue[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kysely types what is bound as unknown; node:sqlite refuses what it cannot bind
  return parameters as SQLInputValue[];
}
