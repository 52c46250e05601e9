// Notices one step weaker in something that is no practice's own: all that a recipient, a feature, a promise or a cover can lose.
import type { Covered, Feature, Notice, NoticePromise, Recipient } from "../../model/notice.ts";

type Weaker = Generator<readonly [string, Notice]>;

/** Each with what was weakened. */
export function* weakerNotices(notice: Notice): Weaker {
  yield* weakerRecipients(notice);
  yield* weakerFeatures(notice);
  yield* weakerCovers(notice);
  yield* weakerPromises(notice);
  yield* weakerBans(notice);
}

function* weakerRecipients(notice: Notice): Weaker {
  for (const one of notice.recipients) {
    const changed = (change: Partial<Recipient>): Notice => ({
      ...notice,
      recipients: notice.recipients.map((each) => (each === one ? { ...each, ...change } : each)),
    });
    const without = (key: keyof Recipient): Notice => ({
      ...notice,
      recipients: notice.recipients.map((each) => {
        if (each !== one) return each;
        const { [key]: _gone, ...rest } = each;
        return rest as Recipient;
      }),
    });
    const name = (what: string): string => `recipient ${one.id}: ${what}`;
    if (one.role === "processor") yield [name("role"), changed({ role: "independent controller" })];
    if (one.role !== "public body") yield [name("another role"), changed({ role: "public body" })];
    if (one.holds !== "not stated") yield [name("holds"), changed({ holds: "not stated" })];
    if (one.holds === "transits" || one.holds === "nothing") yield [name("stores"), changed({ holds: "stores" })];
    if (one.reached === "by us") yield [name("reached"), changed({ reached: "directly" })];
    yield [name("host"), changed({ hosts: [...one.hosts, "elsewhere.example"] })];
    yield [name("name"), changed({ name: "Somebody Else" })];
    if (one.sees !== undefined) {
      yield [name("sees"), without("sees")];
      yield [name("sees more"), changed({ sees: [...one.sees, "health data"] })];
    }
    if (one.visibleToUs === false) yield [name("visible"), changed({ visibleToUs: true })];
    if (one.agreement !== undefined) yield [name("agreement"), without("agreement")];
    if (one.privacy !== undefined) yield [name("privacy"), without("privacy")];
    if (one.keeps !== undefined) yield [name("keeps"), without("keeps")];
    if (one.storesAs !== undefined) yield [name("stores as"), without("storesAs")];
    if (one.usesFor !== undefined) yield [name("uses for"), without("usesFor")];
    if (typeof one.vouched === "object") {
      yield [name("voucher"), without("vouched")];
      yield [name("voucher's end"), changed({ vouched: { ...one.vouched, until: one.vouched.on } })];
    }
    const other = notice.recipients.find((each) => each !== one && !one.through.includes(each.id));
    if (other !== undefined) yield [name("through"), changed({ through: [...one.through, other.id] })];
  }
  yield ["recipient new", { ...notice, recipients: [...notice.recipients, someone] }];
  yield [
    "recipient new, directly",
    { ...notice, recipients: [...notice.recipients, { ...someone, reached: "directly" }] },
  ];
}

function* weakerFeatures(notice: Notice): Weaker {
  for (const one of notice.features) {
    const changed = (feature: Feature): Notice => ({
      ...notice,
      features: notice.features.map((each) => (each === one ? feature : each)),
    });
    const { within, off, ...plain } = one;
    if (within !== undefined)
      yield [`feature ${one.id}: within`, changed({ ...plain, ...(off === undefined ? {} : { off }) })];
    if (off !== undefined)
      yield [`feature ${one.id}: off`, changed({ ...plain, ...(within === undefined ? {} : { within }) })];
    const needing = changed({ ...one, needs: [...one.needs, someone.id] });
    const recipients = [...notice.recipients, { ...someone, reached: "directly" } as const];
    yield [`feature ${one.id}: needs`, { ...needing, recipients }];
  }
}

function* weakerCovers(notice: Notice): Weaker {
  for (const [at, one] of notice.covers.entries()) {
    const covers = (change: readonly Covered[]): Notice => ({ ...notice, covers: change });
    yield [`covers ${one.host}: gone`, covers(notice.covers.filter((each) => each !== one))];
    if (one.stores === "nothing")
      yield [`covers ${one.host}: stores`, covers(notice.covers.with(at, { host: one.host }))];
  }
  yield ["covers: more", { ...notice, covers: [...notice.covers, { host: "elsewhere.example" }] }];
  yield [
    "installed: more",
    { ...notice, installed: { ...notice.installed, pip: [...(notice.installed["pip"] ?? []), "elsewhere"] } },
  ];
  yield ["controller", { ...notice, controller: { ...notice.controller, name: "Somebody Else" } }];
  for (const one of notice.venues)
    yield [
      `venue ${one.id}`,
      {
        ...notice,
        venues: notice.venues.map((each) => (each === one ? { ...each, operator: "Somebody Else" } : each)),
      },
    ];
}

function* weakerPromises(notice: Notice): Weaker {
  for (const one of notice.promises) {
    const changed = (change: Partial<NoticePromise>): Notice => ({
      ...notice,
      promises: notice.promises.map((each) => (each === one ? { ...each, ...change } : each)),
    });
    const name = (what: string): string => `promise ${one.id}: ${what}`;
    const said = one.detail[one.kind];
    if (Array.isArray(said) && said.length > 1)
      for (const item of said as readonly string[]) {
        if (one.kind === "disclosed only") continue;
        yield [
          name(`without ${item}`),
          changed({ detail: { ...one.detail, [one.kind]: said.filter((each: string) => each !== item) } }),
        ];
      }
    if (one.kind === "disclosed only")
      yield [
        name("one more ground"),
        changed({
          detail: {
            ...one.detail,
            [one.kind]: [...(Array.isArray(said) ? (said as string[]) : [String(said)]), "another ground"],
          },
        }),
      ];
    if (typeof said === "string")
      yield [name("another word"), changed({ detail: { ...one.detail, [one.kind]: `${said} or not` } })];
    if (one.detail["within"] !== undefined)
      yield [name("within"), changed({ detail: { ...one.detail, within: "900 days" } })];
    if (one.detail["receiver"] !== undefined)
      yield [name("receiver"), changed({ detail: { ...one.detail, receiver: "anybody" } })];
    if (["mail", "free of", "cookies"].includes(one.kind))
      yield [
        name("one more exception"),
        changed({ detail: { ...one.detail, except: [...[one.detail["except"] ?? []].flat(), "marketing"] } }),
      ];
    if (one.voucher !== undefined) {
      yield [name("until"), changed({ voucher: { ...one.voucher, until: one.voucher.on } })];
      yield [name("says"), changed({ voucher: { ...one.voucher, says: "something else" } })];
    }
  }
}

function* weakerBans(notice: Notice): Weaker {
  for (const one of notice.promises) {
    const changed = (change: Partial<NoticePromise>): Notice => ({
      ...notice,
      promises: notice.promises.map((each) => (each === one ? { ...each, ...change } : each)),
    });
    const name = (what: string): string => `promise ${one.id}: ${what}`;
    if (one.ban !== undefined)
      for (const key of ["data", "from", "for", "to", "together"] as const) {
        // One more thing waited for, or one fewer of those forbidden, and the ban fires on less.
        if (key === "together" ? one.ban.together.length > 0 : one.ban[key].length > 1)
          yield [
            name(`ban ${key}`),
            changed({
              ban: {
                ...one.ban,
                [key]: key === "together" ? [...one.ban.together, "health data"] : one.ban[key].slice(1),
              },
            }),
          ];
        if (key === "to" && one.ban.to.length === 0)
          yield [name("ban only to"), changed({ ban: { ...one.ban, to: ["public"] } })];
        if (key === "from" && one.ban.from.length === 0)
          yield [name("ban only from"), changed({ ban: { ...one.ban, from: ["child"] } })];
      }
  }
}

const someone: Recipient = {
  id: "someone-new",
  role: "processor",
  name: "Someone New",
  does: "works",
  reached: "by us",
  hosts: [],
  holds: "stores",
  through: [],
};
