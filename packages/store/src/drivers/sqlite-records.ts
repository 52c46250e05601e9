// Records in one SQLite file (WAL, every commit synced), shared by the server and the command.
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Generated, type Insertable, Kysely, type Selectable, sql } from "kysely";
import type {
  ApiKey,
  Column,
  EvidenceCount,
  Goal,
  KnownVersion,
  Records,
  Share,
  Site,
  SiteRules,
} from "../contract.ts";
import { DiskFullError, StoreClosedError, StoreDamagedError } from "../errors.ts";
import { nodeSqliteDialect } from "./sqlite-dialect.ts";
import { migrate } from "./sqlite-migrations.ts";

interface Tables {
  sites: {
    domain: string;
    notice: string;
    time_zone: string;
    is_public: number;
    script_id: string;
    created_at_ms: number;
    rules: string;
    goals: string;
    shares: string;
  };
  api_keys: { id: string; hash: string; site: string; purposes: string; created_at_ms: number };
  owner: { id: number; name: string; password_hash: string };
  sessions: { hash: string; expires_at_ms: number };
  tokens: { hash: string; grants: string; expires_at_ms: number };
  versions: { notice: string; version: string; canonical: string; seen_at_ms: number };
  evidence: { notice: string; clause: string; outcome: string; reason: string; count: number; last_at_ms: number };
  settings: { key: string; value: string };
  archived_texts: { hash: string; text: string };
  in_force: { id: Generated<number>; notice: string; version: string; since_ms: number };
}

export interface SqliteRecordsOptions {
  readonly dir: string;
  /** Sessions and links that ended before it are removed on opening. */
  readonly nowMs?: number;
}

/** How long a write waits for another process. */
const busyMs = 5000;

/** Opens or makes `DIR/records.sqlite`, mode 0600. @throws StoreTooNewError, StoreDamagedError, DiskFullError */
export function openSqliteRecords({ dir, nowMs = Date.now() }: SqliteRecordsOptions): Records {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, "records.sqlite");
  // SQLite gives its -wal and -shm the mode of the file, so the file is made first.
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: busyMs, enableForeignKeyConstraints: true });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    migrate(database, path);
    database.prepare("DELETE FROM sessions WHERE expires_at_ms <= ?").run(nowMs);
    database.prepare("DELETE FROM tokens WHERE expires_at_ms <= ?").run(nowMs);
  } catch (error) {
    database.close();
    if (isDiskFull(error)) throw new DiskFullError(`opening \`${path}\``, error);
    throw isDamaged(error) ? new StoreDamagedError(path, error) : error;
  }
  return recordsIn(new Kysely<Tables>({ dialect: nodeSqliteDialect(database) }));
}

function recordsIn(db: Kysely<Tables>): Records {
  let closing: Promise<void> | undefined;
  async function use<Result>(act: () => Promise<Result>): Promise<Result> {
    if (closing !== undefined) throw new StoreClosedError();
    try {
      return await act();
    } catch (error) {
      throw isDiskFull(error) ? new DiskFullError("writing the records", error) : error;
    }
  }
  return {
    ...siteRecords(db, use),
    ...keyRecords(db, use),
    ...ownerRecords(db, use),
    ...noticeRecords(db, use),
    ...archiveRecords(db, use),
    setting: (key) =>
      use(
        async () => (await db.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst())?.value,
      ),
    setSetting: (key, value) =>
      use(async () => void (await db.replaceInto("settings").values({ key, value }).execute())),
    columns: () =>
      use(async (): Promise<readonly Column[]> => {
        const found = await sql<{ table: string; column: string }>`
          SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list t, pragma_table_xinfo(t.name) c
          WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid`.execute(db);
        return found.rows.map(({ table, column }) => ({ store: "records", table, column }));
      }),
    close: () => (closing ??= db.destroy()),
  };
}

type Use = <Result>(act: () => Promise<Result>) => Promise<Result>;

function siteRecords(db: Kysely<Tables>, use: Use): Pick<Records, "sites" | "site" | "siteByScriptId" | "putSite"> {
  const select = db.selectFrom("sites").selectAll();
  return {
    sites: () => use(async () => (await select.orderBy("domain").execute()).map(readSite)),
    site: (domain) => use(async () => maybe(readSite, await select.where("domain", "=", domain).executeTakeFirst())),
    siteByScriptId: (id) =>
      use(async () => maybe(readSite, await select.where("script_id", "=", id).executeTakeFirst())),
    putSite: (site) => use(async () => void (await db.replaceInto("sites").values(writeSite(site)).execute())),
  };
}

function keyRecords(db: Kysely<Tables>, use: Use): Pick<Records, "keys" | "keyByHash" | "addKey" | "removeKey"> {
  const select = db.selectFrom("api_keys").selectAll();
  return {
    keys: () => use(async () => (await select.orderBy("created_at_ms").orderBy("id").execute()).map(readKey)),
    keyByHash: (hash) => use(async () => maybe(readKey, await select.where("hash", "=", hash).executeTakeFirst())),
    addKey: ({ createdAtMs, purposes, ...key }) =>
      use(async () => {
        const row = { ...key, purposes: JSON.stringify(purposes), created_at_ms: createdAtMs };
        await db.insertInto("api_keys").values(row).execute();
      }),
    removeKey: (id) =>
      use(async () => hasDeleted(await db.deleteFrom("api_keys").where("id", "=", id).executeTakeFirst())),
  };
}

type OwnerPart = "owner" | "setOwner" | "addSession" | "hasSession" | "removeSession" | "addToken" | "takeToken";

function ownerRecords(db: Kysely<Tables>, use: Use): Pick<Records, OwnerPart> {
  return {
    owner: () =>
      use(async () => {
        const row = await db.selectFrom("owner").selectAll().executeTakeFirst();
        return row === undefined ? undefined : { name: row.name, passwordHash: row.password_hash };
      }),
    setOwner: ({ name, passwordHash }) =>
      use(
        async () => void (await db.replaceInto("owner").values({ id: 1, name, password_hash: passwordHash }).execute()),
      ),
    addSession: ({ hash, expiresAtMs }) =>
      use(async () => void (await db.replaceInto("sessions").values({ hash, expires_at_ms: expiresAtMs }).execute())),
    hasSession: (hash, nowMs) =>
      use(async () => {
        const row = await db.selectFrom("sessions").select("expires_at_ms").where("hash", "=", hash).executeTakeFirst();
        if (row !== undefined && row.expires_at_ms > nowMs) return true;
        if (row !== undefined) await db.deleteFrom("sessions").where("hash", "=", hash).execute();
        return false;
      }),
    removeSession: (hash) => use(async () => void (await db.deleteFrom("sessions").where("hash", "=", hash).execute())),
    addToken: ({ hash, grants, expiresAtMs }) =>
      use(
        async () =>
          void (await db.replaceInto("tokens").values({ hash, grants, expires_at_ms: expiresAtMs }).execute()),
      ),
    // One statement, so that of two processes that take it at once only one gets it.
    takeToken: (hash, grants, nowMs) =>
      use(async () => {
        const taking = db.deleteFrom("tokens").where("hash", "=", hash).where("grants", "=", grants);
        return hasDeleted(await taking.where("expires_at_ms", ">", nowMs).executeTakeFirst());
      }),
  };
}

function noticeRecords(
  db: Kysely<Tables>,
  use: Use,
): Pick<Records, "versions" | "putVersion" | "addEvidence" | "evidence"> {
  return {
    versions: () =>
      use(async () => {
        const rows = await db
          .selectFrom("versions")
          .selectAll()
          .orderBy("seen_at_ms")
          .orderBy("notice")
          .orderBy("version")
          .execute();
        return rows.map(({ seen_at_ms, ...row }): KnownVersion => ({ ...row, seenAtMs: seen_at_ms }));
      }),
    putVersion: ({ seenAtMs, ...version }) =>
      use(async () => {
        const row = { ...version, seen_at_ms: seenAtMs };
        await db
          .insertInto("versions")
          .values(row)
          .onConflict((same) => same.doNothing())
          .execute();
      }),
    addEvidence: (counts) =>
      use(async () => {
        if (counts.length === 0) return;
        await db.transaction().execute(async (transaction) => {
          for (const count of counts) await addCount(transaction, count);
        });
      }),
    evidence: (notice) =>
      use(async () => {
        const select = db.selectFrom("evidence").selectAll().where("notice", "=", notice);
        return (await select.orderBy("clause").orderBy("outcome").orderBy("reason").execute()).map(readEvidence);
      }),
  };
}

function archiveRecords(
  db: Kysely<Tables>,
  use: Use,
): Pick<Records, "archivedText" | "putArchivedText" | "inForce" | "putInForce"> {
  return {
    archivedText: (hash) =>
      use(async () => {
        const select = db.selectFrom("archived_texts").select("text").where("hash", "=", hash);
        return (await select.executeTakeFirst())?.text;
      }),
    putArchivedText: ({ hash, text }) =>
      use(async () => {
        const inserting = db.insertInto("archived_texts").values({ hash, text });
        await inserting.onConflict((same) => same.doNothing()).execute();
      }),
    inForce: () =>
      use(async () => {
        const rows = await db.selectFrom("in_force").selectAll().orderBy("id").execute();
        return rows.map(({ notice, version, since_ms }) => ({ notice, version, sinceMs: since_ms }));
      }),
    putInForce: ({ notice, version, sinceMs }) =>
      use(async () => void (await db.insertInto("in_force").values({ notice, version, since_ms: sinceMs }).execute())),
  };
}

async function addCount(db: Kysely<Tables>, { lastAtMs, ...count }: EvidenceCount): Promise<void> {
  await db
    .insertInto("evidence")
    .values({ ...count, last_at_ms: lastAtMs })
    .onConflict((same) =>
      same.columns(["notice", "clause", "outcome", "reason"]).doUpdateSet({
        count: sql`evidence.count + excluded.count`,
        last_at_ms: sql`max(evidence.last_at_ms, excluded.last_at_ms)`,
      }),
    )
    .execute();
}

function readSite(row: Selectable<Tables["sites"]>): Site {
  const { domain, notice, time_zone, is_public, script_id, created_at_ms, rules, goals, shares } = row;
  return {
    domain,
    notice,
    timeZone: time_zone,
    isPublic: is_public === 1,
    scriptId: script_id,
    createdAtMs: created_at_ms,
    ...(rules === "" ? {} : { rules: JSON.parse(rules) as SiteRules }),
    ...(goals === "" ? {} : { goals: JSON.parse(goals) as readonly Goal[] }),
    ...(shares === "" ? {} : { shares: JSON.parse(shares) as readonly Share[] }),
  };
}

function writeSite(site: Site): Insertable<Tables["sites"]> {
  const { domain, notice, timeZone, isPublic, scriptId, createdAtMs, rules, goals, shares } = site;
  return {
    domain,
    notice,
    time_zone: timeZone,
    is_public: isPublic ? 1 : 0,
    script_id: scriptId,
    created_at_ms: createdAtMs,
    rules: rules === undefined ? "" : JSON.stringify(rules),
    goals: goals === undefined ? "" : JSON.stringify(goals),
    shares: shares === undefined ? "" : JSON.stringify(shares),
  };
}

function readKey({ created_at_ms, purposes, ...row }: Selectable<Tables["api_keys"]>): ApiKey {
  const fixed: readonly string[] = JSON.parse(purposes);
  return { ...row, purposes: fixed, createdAtMs: created_at_ms };
}

function readEvidence({ last_at_ms, outcome, ...row }: Selectable<Tables["evidence"]>): EvidenceCount {
  return { ...row, outcome: outcome === "permitted" ? "permitted" : "refused", lastAtMs: last_at_ms };
}

function maybe<Row, Result>(read: (row: Row) => Result, row: Row | undefined): Result | undefined {
  return row === undefined ? undefined : read(row);
}

function hasDeleted({ numDeletedRows }: { readonly numDeletedRows: bigint }): boolean {
  return numDeletedRows > 0n;
}

/** SQLITE_FULL, or a write the system refused for want of space. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 13;
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" && ((code & 0xff) === 11 || code === 26);
}
