// From the house to what the living notice shows: clauses, their states and evidence on this installation, never another's.
import type { Clause, Policy } from "@avow/policy";
import { type EvidenceCount, type HeldRows, type Site, undeclaredColumns } from "@avow/store";
import type { House } from "../../house.ts";
import { declaredBy } from "../../jobs/column-check.ts";
import { bandText } from "../frame/format.ts";
import { clauseState } from "./clause-state.ts";
import { historyModel } from "./history-model.ts";
import { mechanismOf } from "./mechanisms.ts";
import { readHistory } from "./read-history.ts";
import type { ClauseModel, HeldModel, NoticeModel, RecipientModel, SectionModel } from "./notice-model.ts";

/** When reading evidence began to fail, by house; forgotten when it works again. */
const failing = new WeakMap<House, number>();

const ownNotice = "avow";

/** How long a change is recent. */
const recentMs = 30 * 86_400_000;

/** `nowMs` is the request's clock. Evidence that cannot be read is told, never replaced by old evidence. */
export async function readNoticeModel(house: House, policy: Policy, nowMs: number): Promise<NoticeModel> {
  const [evidence, sites, versions, inForce, rows, columnsHold, history] = await Promise.all([
    readEvidence(house, policy.id, nowMs),
    house.records.sites(),
    house.records.versions(),
    house.records.inForce(),
    house.events.held(),
    doColumnsHold(house, policy),
    readHistory(house, policy, nowMs),
  ]);
  const own = sites.filter((site) => runsUnder(house, site, policy)).map(({ domain }) => domain);
  // Avow's own notice speaks for the installation itself, which runs whenever this page is seen.
  const where = policy.id === ownNotice ? ["this installation", ...own] : own;
  const known = versions.filter(({ notice }) => notice === policy.id).toSorted((a, b) => b.seenAtMs - a.seenAtMs);
  const loaded = house.notices().find((one) => one.policy.id === policy.id);
  const { waiting, changed } = loaded ?? {};
  const since =
    inForce.findLast(({ notice, version }) => notice === policy.id && version === policy.version)?.sinceMs ??
    known.find(({ version }) => version === policy.version)?.seenAtMs;
  const context: Context = {
    house,
    policy,
    nowMs,
    sites: where,
    ...evidence,
    ...(columnsHold === undefined ? {} : { columnsHold }),
  };
  return {
    id: policy.id,
    title: policy.title,
    ...(policy.example === undefined ? {} : { example: policy.example }),
    controller: policy.controller,
    version: policy.version,
    ...(since === undefined ? {} : { inForceSinceMs: since }),
    ...(policy.parent === undefined ? {} : { addendumTo: { id: policy.parent.id, title: policy.parent.title } }),
    covers: policy.covers.map(({ host, stores, caution }) => ({
      host,
      storesNothing: stores === "nothing",
      ...(caution === undefined ? {} : { caution }),
    })),
    sites: where,
    ...(evidence.failedSinceMs === undefined ? {} : { evidenceFailedSinceMs: evidence.failedSinceMs }),
    sections: sectionsOf(policy.clauses, (clause) => clauseModel(clause, context)),
    recipients: policy.notice.recipients.map(recipientModel),
    versions: known.map(({ version, seenAtMs }) => ({ version, seenAtMs, isCurrent: version === policy.version })),
    ...(history === undefined ? {} : { history: historyModel(history, known) }),
    held: heldModels(
      house,
      policy,
      rows.filter(({ site }) => own.includes(site)),
    ),
    ...(waiting === undefined ? {} : { waiting }),
    ...(changed === undefined || nowMs - changed.sinceMs >= recentMs ? {} : { changed }),
    atMs: nowMs,
  };
}

function heldModels(house: House, policy: Policy, held: readonly HeldRows[]): readonly HeldModel[] {
  const versions = Map.groupBy(held, ({ version }) => version);
  return [...versions].map(([version, rows]) => ({
    version,
    rows: bandText(rows.reduce((total, one) => total + one.rows, 0)),
    firstDay: rows.map(({ firstDay }) => firstDay).toSorted()[0] ?? "",
    lastDay:
      rows
        .map(({ lastDay }) => lastDay)
        .toSorted()
        .at(-1) ?? "",
    isCurrent: version === policy.version,
    isKnown: house.gate.version(version) !== undefined,
  }));
}

/** A site that names the notice but is not covered by it is written for by nobody, so nothing is shown by it. */
export function runsUnder(house: House, site: Site, policy: Policy): boolean {
  return site.notice === policy.id && house.gate.covering(site.domain).some(({ id }) => id === policy.id);
}

interface Evidence {
  readonly counts: readonly EvidenceCount[];
  readonly failedSinceMs?: number;
}

/** Only Avow's own notice speaks for the records. Columns that cannot be read are not said to hold. */
async function doColumnsHold(house: House, policy: Policy): Promise<boolean | undefined> {
  if (policy.id !== ownNotice) return undefined;
  try {
    return undeclaredColumns(await house.records.columns(), declaredBy([policy])).length === 0;
  } catch {
    return undefined;
  }
}

interface Context extends Evidence {
  readonly columnsHold?: boolean;
  readonly house: House;
  readonly policy: Policy;
  readonly nowMs: number;
  readonly sites: readonly string[];
}

async function readEvidence(house: House, notice: string, nowMs: number): Promise<Evidence> {
  try {
    await house.flushEvidence();
    const counts = await house.records.evidence(notice);
    failing.delete(house);
    return { counts };
  } catch {
    const failedSinceMs = failing.get(house) ?? nowMs;
    failing.set(house, failedSinceMs);
    return { counts: [], failedSinceMs };
  }
}

function sectionsOf(clauses: readonly Clause[], draw: (clause: Clause) => ClauseModel): readonly SectionModel[] {
  const sections = new Map<string, ClauseModel[]>();
  for (const clause of clauses) {
    const section = sections.get(clause.section) ?? [];
    section.push(draw(clause));
    sections.set(clause.section, section);
  }
  return [...sections].map(([heading, drawn]) => ({ heading, clauses: drawn }));
}

function clauseModel(clause: Clause, context: Context): ClauseModel {
  const { house, policy, nowMs, sites } = context;
  const found = mechanismOf(clause, policy, {
    gate: house.gate,
    publicUrl: house.settings.publicUrl,
    ...(context.columnsHold === undefined ? {} : { columnsHold: context.columnsHold }),
  });
  const counts = context.counts.filter((count) => count.clause === clause.id);
  const voucher = voucherOf(clause, policy);
  const evidence = found === undefined ? undefined : newestEvidence(counts, found.evidence, nowMs);
  const isUnavailable = context.failedSinceMs !== undefined && found?.evidence === "counted";
  const state = clauseState({
    nowMs,
    ...(found === undefined
      ? {}
      : {
          mechanism: {
            isRunning: sites.length > 0,
            ...(found.holds === false ? { isBroken: true } : {}),
            ...(found.lacks === undefined ? {} : { isPartial: true }),
          },
        }),
    ...(evidence === undefined ? {} : { evidenceAtMs: evidence.atMs }),
    isEvidenceUnavailable: isUnavailable,
    ...(voucher === undefined ? {} : { voucher }),
  });
  const refused = counts.filter(({ outcome }) => outcome === "refused");
  return {
    id: clause.id,
    number: clause.number,
    kind: clause.kind,
    sentence: clause.sentence,
    ...(clause.words === undefined ? {} : { words: clause.words }),
    assumed: clause.assumed,
    state,
    where: found === undefined ? [] : sites,
    ...(evidence === undefined || sites.length === 0 ? {} : { evidence }),
    ...(voucher === undefined ? {} : { voucher }),
    ...(found === undefined
      ? {}
      : {
          mechanism: {
            how: found.how,
            check: found.check,
            ...(found.lacks === undefined ? {} : { lacks: found.lacks }),
          },
        }),
    counts: {
      permitted: bandText(sum(counts.filter(({ outcome }) => outcome === "permitted"))),
      refused: bandText(sum(refused)),
      refusals: [...new Set(refused.map(({ reason }) => reason))].toSorted(),
    },
  };
}

function newestEvidence(
  counts: readonly EvidenceCount[],
  kind: "counted" | "tried",
  nowMs: number,
): ClauseModel["evidence"] {
  if (kind === "tried") return { atMs: nowMs, what: "tried", source: "this server" };
  const newest = counts.toSorted((a, b) => b.lastAtMs - a.lastAtMs)[0];
  return newest === undefined
    ? undefined
    : { atMs: hourOf(newest.lastAtMs), what: `last ${newest.outcome} in the hour from`, source: "this server" };
}

function voucherOf(clause: Clause, policy: Policy): ClauseModel["voucher"] {
  const promised = policy.notice.promises.find(({ id }) => id === clause.id)?.voucher;
  return promised ?? policy.notice.recipients.find(({ id }) => id === clause.id)?.vouched;
}

function recipientModel(recipient: Policy["notice"]["recipients"][number]): RecipientModel {
  const { id, name, role, does, reached, holds, hosts, sees, agreement, privacy, through } = recipient;
  return {
    id,
    name,
    role,
    does,
    reached,
    holds,
    hosts,
    through,
    ...(sees === undefined ? {} : { sees }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(privacy === undefined ? {} : { privacy }),
  };
}

function sum(counts: readonly EvidenceCount[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

/** To the hour: whoever polls the page must not learn when somebody visited (clauses.md PI3). */
function hourOf(ms: number): number {
  return Math.floor(ms / 3_600_000) * 3_600_000;
}
