// The only place where parts are wired: from settings to a server that answers, and back down in order.
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { Hono } from "hono";
import { createVisitors, noteText, openEvents, openRecords, openTelemetryStore } from "@avow/store";
import { openCountryTable } from "./client/country-of.ts";
import { openTables } from "./client/open-tables.ts";
import { appHandler } from "./http/app-handler.ts";
import { createApp } from "./http/app.ts";
import { type Limits, defaultLimits } from "./http/limits.ts";
import { type NodeHandler, createListener, eventPath } from "./http/listener.ts";
import type { Env, Parts } from "./http/parts.ts";
import type { Log } from "./http/request-log.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { listen, stopListening } from "./http/listen.ts";
import { type HouseParts, houseOf } from "./house-of.ts";
import type { House, Settings } from "./house.ts";
import { startClosing } from "./jobs/close-days.ts";
import { requireDeclaredColumns } from "./jobs/column-check.ts";
import { startEvidenceJob } from "./jobs/evidence.ts";
import { rememberVisitors } from "./jobs/remember-visitors.ts";
import { startTakingEffect } from "./jobs/take-effect.ts";
import { noticeDirsSetting, prepareFirstStart, termsFileSetting } from "./jobs/first-start.ts";
import { NoticeShelf } from "./notices/notice-shelf.ts";
import { readVocabulary } from "./notices/read-vocabulary.ts";
import { VersionKeeper } from "./notices/version-keeper.ts";
import { newOwnerPath } from "./owner/claim.ts";
import { pagesApp, refusalPage } from "./pages/index.ts";
import { eventRoute } from "./routes/event.ts";
import { ownerRoutes } from "./routes/owner.ts";
import { plainRoutes } from "./routes/plain.ts";
import { queryRoutes } from "./routes/query.ts";
import { siteRoutes } from "./routes/sites.ts";
import { startClosingTelemetry } from "./routes/telemetry-close.ts";
import { readTelemetryFiles } from "./routes/telemetry-files.ts";
import { telemetryPages } from "./routes/telemetry-page.ts";
import { telemetryRoutes } from "./routes/telemetry.ts";
import { scriptRoutes } from "./routes/scripts.ts";
import { settingsFrom } from "./settings.ts";
import { refusedStart } from "./start-refused.ts";

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly house: House;
  /** Printed while there is no owner: whoever opens it within a day becomes the owner. */
  readonly ownerLink?: string;
  /** Stops accepting, finishes what was begun, writes what is pending. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** One line at a time; standard output when silent. */
  readonly log?: Log;
  /** For tests: smaller limits than the defaults. */
  readonly limits?: Partial<Limits>;
}

/** In the order they run when the server ends: accepting first, records last. */
type Closer = () => Promise<void>;

/** @throws StartRefused with what is wrong, where, and what to do. */
export async function startServer(given: Partial<Settings>, options: StartOptions = {}): Promise<RunningServer> {
  const log = options.log ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const limits = { ...defaultLimits, ...options.limits };
  const settings = settingsFrom(given);
  const closers: Closer[] = [];
  try {
    const stores = await openStores(settings, log, closers);
    const holder: { event: NodeHandler; app: NodeHandler } = { event: notYet, app: notYet };
    const isHttps = settings.publicUrl.startsWith("https:");
    const server = createListener({
      event: (request, response) => holder.event(request, response),
      app: (request, response) => holder.app(request, response),
      limits,
      testClock: settings.testClock,
      headers: securityHeaders(isHttps),
      log,
    });
    closers.unshift(() => stopListening(server));
    const { url, port } = await listen(server, settings);
    const publicUrl = given.publicUrl === undefined ? `http://localhost:${port}` : settings.publicUrl;
    const house = houseOf({ ...stores, settings: { ...settings, port, publicUrl } });
    const parts: Parts = { house, limits, log, isHttps };
    Object.assign(holder, handlers(parts));
    if (settings.testClock)
      log("TEST CLOCK: every client may set the time with X-Avow-Now; never use this for real visitors");
    const ownerPath = await newOwnerPath(stores.records, Date.now());
    return {
      url,
      house,
      ...(ownerPath === undefined ? {} : { ownerLink: publicUrl + ownerPath }),
      close: () => closeAll(closers),
    };
  } catch (error) {
    await closeAll(closers).catch(ignore);
    throw refusedStart(error);
  }
}

async function openStores(settings: Settings, log: Log, closers: Closer[]): Promise<Omit<HouseParts, "settings">> {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const opening = {
    events: openEvents({ dir: settings.dataDir, report: (note) => log(noteText(note)) }),
    country: openCountryTable(settings.countryTable),
    tables: openTables(settings),
  };
  closers.unshift(() => opening.events.then((events) => events.close(), ignore));
  opening.events.catch(ignore);
  opening.country.catch(ignore);
  opening.tables.catch(ignore);
  const records = await openRecords({ dir: settings.dataDir });
  closers.push(() => records.close());
  const vocabulary = await readVocabulary(settings.terms);
  const keeper = await VersionKeeper.open(records, { vocabulary, log, nowMs: () => Date.now() });
  const shelf = new NoticeShelf(settings.noticeDirs, vocabulary, log, keeper);
  await shelf.load();
  closers.unshift(startTakingEffect(shelf));
  const events = await opening.events;
  const store = await openTelemetryStore({ dir: settings.dataDir });
  closers.unshift(() => store.close());
  await requireDeclaredColumns(records, events, shelf.gate, store);
  const declared = await readTelemetryFiles(settings.noticeDirs, shelf.gate, log);
  const telemetry = { store, declared };
  await records.setSetting(noticeDirsSetting, JSON.stringify(settings.noticeDirs));
  await records.setSetting(termsFileSetting, settings.terms ?? "");
  await prepareFirstStart(records, shelf.gate, Date.now());
  const failed = (): void => log("evidence could not be written; it is kept and tried again");
  const evidence = startEvidenceJob(records, () => shelf.drain(), failed);
  closers.unshift(() => evidence.close());
  if (!settings.testClock) {
    const closing = startClosing({ events, records, gate: () => shelf.gate, log });
    closers.unshift(() => closing.close());
    const closingTelemetry = startClosingTelemetry({ telemetry, gate: () => shelf.gate, log });
    closers.unshift(() => closingTelemetry.close());
  }
  const visitors = createVisitors({ randomBytes });
  closers.unshift(await rememberVisitors(visitors, records, settings, log));
  const [countryOf, tables] = await Promise.all([opening.country, opening.tables]);
  return { records, events, shelf, evidence, visitors, telemetry, countryOf, tables };
}

function roomsOf(parts: Parts): readonly Hono<Env>[] {
  return [
    plainRoutes(parts),
    scriptRoutes(parts),
    queryRoutes(parts),
    siteRoutes(parts),
    ownerRoutes(parts),
    telemetryRoutes(parts),
    telemetryPages(parts.house),
    pagesApp(parts.house),
  ];
}

function handlers(parts: Parts): { readonly event: NodeHandler; readonly app: NodeHandler } {
  const app = createApp(parts, roomsOf(parts), refusalPage(parts.house));
  return { event: eventRoute(parts), app: appHandler(app, parts.limits.pageBodyBytes) };
}

/** Every route answered, as `METHOD /pattern`: what docs/reference/http-api.md must have a heading for. */
export function routesOf(house: House): readonly string[] {
  const rooms = roomsOf({ house, limits: defaultLimits, log: () => undefined, isHttps: false });
  const routed = rooms.flatMap((room) => room.routes).filter(({ method }) => method !== "ALL");
  return [
    ...new Set([`POST ${eventPath}`, `OPTIONS ${eventPath}`, ...routed.map(({ method, path }) => `${method} ${path}`)]),
  ];
}

/** Every step is tried, whatever became of the one before; the first failure is told. */
async function closeAll(closers: readonly Closer[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function notYet(): never {
  throw new Error("asked before it was built");
}

function ignore(): void {
  // Told by whoever awaits the same promise.
}
