// Where a notice speaks, as a dimension: more hosts or packages is more permitted; where it ends, its promises end too.
import type { Change } from "./comparison.ts";
import { hostText, isCovered, packagesOf, storesNothing, witnessHosts } from "./orders/covers.ts";
import type { Side } from "./side.ts";

export function compareCovers(old: Side, next: Side): readonly Change[] {
  const changes: Change[] = [];
  const add = (direction: Change["direction"], witness: string): unknown =>
    changes.push({
      direction,
      about: "covers",
      clause: next.notice.id,
      notice: next.notice.id,
      witness,
      differs: [],
    });
  const scope = (was: boolean, is: boolean, name: string): void => {
    if (was === is) return;
    add(is ? "weaker" : "stronger", `${name}: the practices ${is ? "now" : "no longer"} extend to it`);
    add(is ? "stronger" : "weaker", `${name}: the promises ${is ? "now" : "no longer"} hold for it`);
  };
  for (const host of witnessHosts(old.notice, next.notice)) {
    scope(isCovered(old.notice, host), isCovered(next.notice, host), hostText(host));
    const [was, is] = [storesNothing(old.notice, host), storesNothing(next.notice, host)];
    if (was !== is) add(is ? "stronger" : "weaker", `${hostText(host)}: ${is ? "now" : "no longer"} stores nothing`);
  }
  const [before, after] = [packagesOf(old.notice), packagesOf(next.notice)];
  for (const each of new Set([...before, ...after])) scope(before.includes(each), after.includes(each), each);
  return changes;
}
