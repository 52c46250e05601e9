// The schema of records, one step per version, never edited once released: a store of version N runs what comes after N.
import type { DatabaseSync } from "node:sqlite";
import { StoreTooNewError } from "../errors.ts";

/** Step i leads from version i to version i + 1. */
export const migrations: readonly string[] = [
  `CREATE TABLE sites (
     domain TEXT PRIMARY KEY, notice TEXT NOT NULL, time_zone TEXT NOT NULL, is_public INTEGER NOT NULL,
     script_id TEXT NOT NULL UNIQUE, created_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE api_keys (
     id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, site TEXT NOT NULL, purposes TEXT NOT NULL, created_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE owner (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, password_hash TEXT NOT NULL) STRICT;
   CREATE TABLE sessions (hash TEXT PRIMARY KEY, expires_at_ms INTEGER NOT NULL) STRICT;
   CREATE TABLE tokens (hash TEXT PRIMARY KEY, grants TEXT NOT NULL, expires_at_ms INTEGER NOT NULL) STRICT;
   CREATE TABLE versions (
     notice TEXT NOT NULL, version TEXT NOT NULL, canonical TEXT NOT NULL, seen_at_ms INTEGER NOT NULL,
     PRIMARY KEY (notice, version)
   ) STRICT;
   CREATE TABLE evidence (
     notice TEXT NOT NULL, clause TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
     count INTEGER NOT NULL, last_at_ms INTEGER NOT NULL,
     PRIMARY KEY (notice, clause, outcome, reason)
   ) STRICT;
   CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  `CREATE TABLE archived_texts (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
   CREATE TABLE in_force (
     id INTEGER PRIMARY KEY AUTOINCREMENT, notice TEXT NOT NULL, version TEXT NOT NULL, since_ms INTEGER NOT NULL
   ) STRICT;`,
  `ALTER TABLE sites ADD COLUMN rules TEXT NOT NULL DEFAULT '';`,
  `ALTER TABLE sites ADD COLUMN goals TEXT NOT NULL DEFAULT '';`,
  `ALTER TABLE sites ADD COLUMN shares TEXT NOT NULL DEFAULT '';`,
];

/** Brings the store to the newest version, in one transaction that other processes wait for. @throws StoreTooNewError */
export function migrate(database: DatabaseSync, path: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
    if (version > migrations.length) throw new StoreTooNewError(path, version, migrations.length);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec("COMMIT");
  } catch (error) {
    // A full disk has ended the transaction already; to roll it back again would hide why.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
