// A process that stores rows from many callers at once and says which are acknowledged, until it is killed.
import { openEvents } from "@avow/store";

const [dir = "", round = "0", callers = "64"] = process.argv.slice(2);
const events = await openEvents({ dir, report: (note) => process.stderr.write(`${note.kind}\n`) });
process.stdout.write("open\n");

let next = 0;
async function caller(): Promise<void> {
  for (;;) {
    const visit = Number(round) * 1_000_000 + next;
    next += 1;
    // Two days at once, as around midnight.
    const day = visit % 5 === 0 ? "2026-11-19" : "2026-11-20";
    await events.append({
      site: "a.example",
      day,
      at: 1_795_132_800 + (visit % 5 === 0 ? -86_400 : 0) + (visit % 80_000),
      visitor: visit,
      visit,
      name: "pageview",
      interactive: true,
      practice: "web-traffic",
      version: "v1",
      dimensions: { page: `/${visit}`, country: "NL" },
    });
    process.stdout.write(`${visit}\n`);
  }
}
const asking = setInterval(() => {
  const now = { site: "a.example", from: 0, until: 2_000_000_000, timeZone: "UTC", permits: () => ({ allowed: true }) };
  void events.ask({ ...now, metrics: ["visits"], dimensions: [], orderBy: [], limit: 1, offset: 0 });
}, 50);
await Promise.all(Array.from({ length: Number(callers) }, caller));
clearInterval(asking);
