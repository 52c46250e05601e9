// A process of its own, so that its memory is that of closing alone: fills days or closes them, and says how it went.
import { type ClosedDay, openEvents, type Shape, shapesOf } from "@avow/store";
import { dayOf, dimensions, fillDay, site, timeZone } from "./close-rows.ts";

const [what = "", dir = "", first = "0", count = "1", views = "0"] = process.argv.slice(2);
const days = Array.from({ length: Number(count) }, (_, index) => dayOf(Number(first) + index));
const events = await openEvents({ dir });
const [began, processor] = [performance.now(), process.cpuUsage()];
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const closed: ClosedDay[] = [];
const named = shapesOf(dimensions);
/** A hundred: what a site has besides is filled up with further pairs. */
const shapes = [...named, ...morePairs()].slice(0, 100);
for (const day of days) {
  if (what === "fill") await fillDay(events, day, Number(views));
  else if (what === "close") closed.push(await events.closeDay({ site, day: day.day, timeZone, least: 10, shapes }));
}
if (what === "fill") await events.days();

clearInterval(watch);
const { user, system } = process.cpuUsage(processor);
const sum = (of: (one: ClosedDay) => number): number => closed.reduce((total, one) => total + of(one), 0);
const said = {
  ms: performance.now() - began,
  processorMs: (user + system) / 1000,
  peak,
  shapes: shapes.length,
  cells: sum(({ cells }) => cells),
  folded: sum(({ foldedCells }) => foldedCells),
};
await events.close();
process.stdout.write(JSON.stringify(said));

function morePairs(): readonly Shape[] {
  const known = new Set(named.map(({ of }) => of.toSorted().join(" ")));
  const pairs = dimensions.flatMap((one, index) =>
    dimensions.slice(index + 1).map((other): Shape => ({ of: [one, other] })),
  );
  return pairs.filter(({ of }) => !known.has(of.toSorted().join(" ")));
}
