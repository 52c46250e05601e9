// The normal form: each practice as points with one subject, purpose, recipient, condition and stage; data stays a set.
import type { Feature, Form, Keep, Practice, Recipient } from "../model/notice.ts";
import { meetForms } from "../model/form-order.ts";
import { dataWithUs } from "../model/practice-reach.ts";
import { everybody, ownDevice } from "../model/values.ts";
import type { Act, Condition, Point, Receiver } from "./point.ts";
import { type Lineage, type Said, featureOf, featuresOf, practicesOf, recipientOf, upward } from "./side.ts";

const moment: Keep = { kind: "never by us", text: "never by us" };
const raw: Form = { kind: "raw" };

/** All that a notice permits together with those it extends. */
export function normalise(lineage: Lineage): readonly Point[] {
  const receivers = receiversOf();
  const points = practicesOf(lineage).flatMap((said) => practicePoints(said, receivers));
  return [...points, ...contactPoints(lineage, receivers)];
}

type Receivers = (home: Lineage, id: string) => Receiver;

/** What a practice does on one act, before subjects and purposes are told apart. */
interface Doing {
  readonly act: Act;
  readonly data: readonly string[];
  readonly form: Form;
  readonly keep: Keep;
  readonly recipient?: Receiver;
}

function practicePoints({ is, home }: Said<Practice>, receivers: Receivers): Point[] {
  const condition = { when: is.when, features: is.needs === undefined ? [] : featuresAbove(home, is.needs) };
  const points: Point[] = [];
  for (const doing of doings(is, home, receivers))
    for (const subject of is.from)
      for (const purpose of is.for)
        points.push({ clause: is.id, notice: home.notice.id, ...doing, subject, purpose, condition, basis: is.basis });
  return points;
}

function doings(practice: Practice, home: Lineage, receivers: Receivers): Doing[] {
  const { reads, data, sends, sentAs, keep, to, held } = practice;
  const withUs = dataWithUs(practice, (id) => receivers(home, id).reached === "directly");
  const found: Doing[] = [];
  // What is looked at is looked at as it comes, whatever form the rest is kept in.
  if (reads.length > 0) found.push({ act: "read", data: reads, form: raw, keep: moment });
  for (const stage of keep) {
    const { form } = stage;
    if (withUs.length > 0)
      found.push({ act: "read", data: [...new Set([...reads, ...withUs])], form, keep: stage.keep });
    if (data.length > 0 && stage.keep.kind !== "never by us") {
      const where = held === undefined ? {} : { recipient: receivers(home, ownDevice) };
      found.push({ act: "hold", data, form, keep: stage.keep, ...where });
    }
    if (sends.length === 0) continue;
    const sent = sentAs === undefined ? form : meetForms(form, sentAs);
    for (const id of to)
      found.push({ act: "send", data: sends, form: sent, keep: stage.keep, recipient: receivers(home, id) });
  }
  return found;
}

/** What a feature reaches, who is reached directly without a feature or practice to say when, and whom we use at all: a declared recipient is one, whoever names it. */
function contactPoints(lineage: Lineage, receivers: Receivers): Point[] {
  const features = featuresOf(lineage);
  const inFeatures = features.flatMap(({ is, home }) =>
    is.needs.map((id) =>
      contact({ clause: is.id, notice: home.notice.id }, receivers(home, id), {
        when: "opt-in",
        features: featuresAbove(home, is.id),
      }),
    ),
  );
  const named = new Set([
    ...features.flatMap(({ is }: Said<Feature>) => is.needs),
    ...practicesOf(lineage).flatMap(({ is }) => is.to),
  ]);
  const alone = upward(lineage).flatMap((home) =>
    home.notice.recipients
      .filter((each) => each.reached === "by us" || !named.has(each.id))
      .map((each) =>
        contact({ clause: each.id, notice: home.notice.id }, receivers(home, each.id), {
          when: "always",
          features: [],
        }),
      ),
  );
  return [...inFeatures, ...alone];
}

function contact(at: Pick<Point, "clause" | "notice">, recipient: Receiver, condition: Condition): Point {
  return {
    ...at,
    act: "contact",
    data: [],
    subject: "",
    purpose: "",
    recipient,
    form: raw,
    keep: moment,
    condition,
    basis: "",
  };
}

/** The feature and those it is within: each needs its own yes. */
function featuresAbove(home: Lineage, id: string): readonly string[] {
  const found = new Set([id]);
  for (const each of found) {
    const within = featureOf(home, each)?.within;
    if (within !== undefined) found.add(within);
  }
  return [...found];
}

/** One object for each recipient as its home declares it, so that pairs are compared once. */
function receiversOf(): Receivers {
  const known = new Map<Lineage, Map<string, Receiver>>();
  return (home, id) => {
    const here = known.get(home) ?? new Map<string, Receiver>();
    known.set(home, here);
    const made = here.get(id) ?? receiverOf(home, id);
    here.set(id, made);
    return made;
  };
}

function receiverOf(home: Lineage, id: string): Receiver {
  const through = new Set(recipientOf(home, id)?.through);
  for (const each of through) for (const next of recipientOf(home, each)?.through ?? []) through.add(next);
  through.delete(id);
  return {
    ...plain(recipientOf(home, id), id),
    through: [...through].map((each) => plain(recipientOf(home, each), each)),
  };
}

function plain(recipient: Recipient | undefined, id: string): Receiver {
  const { vouched } = recipient ?? {};
  return {
    id,
    name: recipient?.name ?? (id === everybody ? "the public" : id),
    role: recipient?.role ?? "",
    reached: recipient?.reached ?? "by us",
    hosts: recipient?.hosts ?? [],
    holds: recipient?.holds ?? "not stated",
    ...(recipient?.sees === undefined ? {} : { sees: recipient.sees }),
    ...(recipient?.visibleToUs === undefined ? {} : { visibleToUs: recipient.visibleToUs }),
    hasAgreement: recipient?.agreement !== undefined,
    hasPrivacy: recipient?.privacy !== undefined,
    ...(vouched === undefined || vouched === "not yet" ? {} : { voucher: vouched }),
    ...(recipient?.storesAs === undefined ? {} : { storesAs: recipient.storesAs }),
    ...(recipient?.keeps === undefined ? {} : { keeps: recipient.keeps }),
    ...(recipient?.usesFor === undefined ? {} : { usesFor: recipient.usesFor }),
    through: [],
  };
}
