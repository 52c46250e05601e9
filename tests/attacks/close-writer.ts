// A process that stores rows of two sites and closes days of both, again and again, until it is killed.
import { DayClosedError, openEvents, shapesOf } from "@avow/store";
import { closingSites, dayNumber, rowOf } from "./close-days.ts";

const [dir = "", from = "0"] = process.argv.slice(2);
const events = await openEvents({ dir, report: (note) => process.stderr.write(`${note.kind}\n`) });
process.stdout.write("open\n");

for (let number = Number(from); ; number += 1) {
  const { day } = dayNumber(number);
  await Promise.all(
    Array.from({ length: 240 }, async (_, index) => {
      const row = rowOf(number, index);
      try {
        await events.append(row);
      } catch (error) {
        // Closed before the process was killed.
        if (error instanceof DayClosedError) return;
        throw error;
      }
      process.stdout.write(`stored ${number} ${index}\n`);
    }),
  );
  for (const site of closingSites) {
    process.stdout.write(`closing ${number} ${site}\n`);
    await events.closeDay({ site, day, timeZone: "UTC", least: 3, shapes: shapesOf(["page", "country"]) });
    process.stdout.write(`closed ${number} ${site}\n`);
  }
}
