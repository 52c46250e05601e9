// Promises taken apart: one atom for each thing promised, so that losing one of a list is seen as losing one.
import type { NoticePromise } from "../model/notice.ts";
import { keepOf } from "../syntax/read-keep.ts";
import { type Length, lengthOf } from "./orders/length.ts";

/** A ban on one of each; absent is any. `together` stays a set: it fires on all of them at once. */
export interface AtomBan {
  readonly data?: string;
  readonly from?: string;
  readonly for?: string;
  readonly to?: string;
  readonly together: readonly string[];
}

/** A length after what starts it: unlike anchors do not compare. */
export interface Within extends Length {
  readonly after: string;
}

/** `notice` is the id of the one it stands in, where that is known. */
export type PromiseAtom = { readonly promise: string; readonly notice?: string } & (
  | { readonly kind: "never"; readonly ban: AtomBan }
  | { readonly kind: "right"; readonly right: string; readonly within?: Within; readonly text: string }
  /** One of a list of which more is better, with what it does not hold for. */
  | { readonly kind: "item"; readonly of: string; readonly item: string; readonly except: readonly string[] }
  /** One list of which less is better. */
  | { readonly kind: "only"; readonly of: string; readonly items: readonly string[]; readonly receiver: string }
  | { readonly kind: "attested"; readonly says: string; readonly until: string }
);

export function promiseAtoms(promise: NoticePromise): readonly PromiseAtom[] {
  const { id, kind, ban, voucher, detail } = promise;
  // Another text or event is another message, and one more that needs no yes.
  const fixed = (promise.messages ?? []).map((each) => `“${each.text}” when ${each.on} (${each.for})`);
  const list = (key: string): readonly string[] => listOf(detail[key]);
  switch (kind) {
    case "never":
      return ban === undefined
        ? []
        : product(ban.data, ban.from, ban.for, ban.to).map((each) => ({
            promise: id,
            kind,
            ban: { ...each, together: ban.together },
          }));
    case "attested":
      return voucher === undefined ? [] : [{ promise: id, kind, says: voucher.says, until: voucher.until }];
    case "rights": {
      const text = String(detail["within"] ?? "");
      const keep = keepOf(text);
      const within = keep?.kind === "for" ? { within: { ...lengthOf(keep.text, keep.days), after: keep.after } } : {};
      return list("rights").map((right) => ({ promise: id, kind: "right", right, text, ...within }));
    }
    case "disclosed only":
      return [{ promise: id, kind: "only", of: kind, items: list(kind), receiver: String(detail["receiver"] ?? "") }];
    case "changes":
    case "cookies":
    case "no account for":
    case "mail":
    case "told first":
    case "free of":
    case "vendor of":
    case "questions":
    case "applies to":
    case "secured":
    case "says":
      return list(kind).map((item) => ({
        promise: id,
        kind: "item",
        of: kind,
        item,
        except: [...list("except"), ...fixed],
      }));
    default:
      return kind satisfies never;
  }
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

/** A ban that names several fires on any of them: it is as many bans. */
function product(
  data: readonly string[],
  from: readonly string[],
  purposes: readonly string[],
  to: readonly string[],
): Omit<AtomBan, "together">[] {
  return any(data).flatMap((datum) =>
    any(from).flatMap((subject) =>
      any(purposes).flatMap((purpose) =>
        any(to).map((id) => ({
          ...(datum === undefined ? {} : { data: datum }),
          ...(subject === undefined ? {} : { from: subject }),
          ...(purpose === undefined ? {} : { for: purpose }),
          ...(id === undefined ? {} : { to: id }),
        })),
      ),
    ),
  );
}

function any(terms: readonly string[]): readonly (string | undefined)[] {
  return terms.length === 0 ? [undefined] : terms;
}
