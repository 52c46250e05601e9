// Compares columns found on disk with the layout and the notices: what nobody declares must not exist (clauses.md PS14).
import type { Column } from "./contract.ts";
import { layout } from "./layout.ts";

export interface UndeclaredColumn extends Column {
  /** What is wrong and what to do about it. */
  readonly remedy: string;
}

/** Whether any served notice declares the data term, or Avow's own the practice. */
export type IsDeclared = (kind: "data" | "practice", name: string) => boolean;

/** Every column found that no notice accounts for; a server starts only when there is none. */
export function undeclaredColumns(found: readonly Column[], isDeclared: IsDeclared): readonly UndeclaredColumn[] {
  return found.flatMap((column): readonly UndeclaredColumn[] => {
    const remedy = remedyFor(column, isDeclared);
    return remedy === undefined ? [] : [{ store: column.store, table: column.table, column: column.column, remedy }];
  });
}

function remedyFor(column: Column, isDeclared: IsDeclared): string | undefined {
  const name = `\`${column.table}.${column.column}\` in the store \`${column.store}\``;
  const laid = layout.find(
    (one) => one.store === column.store && one.table === column.table && one.column === column.column,
  );
  if (laid === undefined) return `${name} is unknown to Avow; drop it, or run the version that made it`;
  const { reason } = laid;
  switch (reason.kind) {
    case "structural":
      return undefined;
    case "data": {
      if (reason.anyOf.some((term) => isDeclared("data", term))) return undefined;
      const terms = reason.anyOf.map((term) => `\`${term}\``).join(" or ");
      return `${name} holds ${laid.holds}, which no notice declares; declare ${terms}, or remove the data kept under the former notice`;
    }
    case "practice":
      if (isDeclared("practice", reason.practice)) return undefined;
      return `${name} holds ${laid.holds}; Avow's own notice must declare the practice \`${reason.practice}\``;
    default:
      return reason satisfies never;
  }
}
