// The notices that stand beside the nearest one: those that cover the same, its parents, and those that name it as a notice of its own (clauses.md JP5).
import type { Policy } from "../model/policy.ts";
import { resolvePath } from "../resolve-path.ts";
import type { Relation, WhoseNotice } from "./whose-answer.ts";

/** Each notice once, nearest first. `found`: those that answer, nearest first; `served`: all that may be linked to. */
export function relatedNotices(found: readonly Policy[], served: readonly Policy[]): readonly WhoseNotice[] {
  const notices: WhoseNotice[] = [];
  const add = (policy: Policy, relation: Relation): void => {
    if (!notices.some(({ id }) => id === policy.id)) notices.push(described(policy, relation));
  };
  const [nearest, ...others] = found;
  if (nearest === undefined) return [];
  add(nearest, "nearest");
  for (let above = nearest.parent; above !== undefined; above = above.parent) add(above, "parent");
  for (const each of served) if (namesAsItsOwn(each, nearest)) add(each, "names it as a notice of its own");
  for (const each of others) add(each, "covers it too");
  return notices;
}

/** Whether `general` lists the notice among those that projects under it have. */
export function namesAsItsOwn(general: Policy, own: Policy): boolean {
  if (general.id === own.id) return false;
  const place = resolvePath("", own.notice.path);
  return general.notice.seeAlso.some((path) => resolvePath(general.notice.path, path) === place);
}

function described(policy: Policy, relation: Relation): WhoseNotice {
  const { id, title, version, controller, example } = policy;
  return {
    id,
    title,
    relation,
    version,
    controller: controller.name,
    contact: controller.contact,
    ...(example === undefined ? {} : { example }),
  };
}
