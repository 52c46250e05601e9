// Notices that are well formed and as large as the limits allow, each large in another way: what bounds of time are tested on.

const head = `avow: 1
notice: large
title: Large
controller: { name: A, contact: a@example.org }
`;
const rest = "form: raw, for: service provision, when: always, basis: contract, keep: 1 day";
const times = (count: number, one: (number: number) => string): string =>
  Array.from({ length: count }, (_, number) => one(number)).join("");
const page = (ids: string): string => `page: [{ All: [${ids}] }]\n`;
const ids = (count: number, of: string): string => Array.from({ length: count }, (_, number) => of + number).join(", ");

/** Text by what is many in it. `most` bounds parts of each kind, so that a test can find the limits one by one. */
export const hostileNotices: Readonly<Record<string, (most: number) => string>> = {
  "equal practices": (most) =>
    `${head}practices:\n${times(most, (n) => `  - { id: p${n}, from: user, data: page, ${rest}, to: nobody }\n`)}${page(ids(most, "p"))}`,
  "practices on everything": (most) =>
    `${head}practices:\n${times(most, (n) => `  - { id: p${n}, from: [visitor, sponsor], data: [personal data, contact data], reads: [usage data], ${rest}, to: public }\n`)}${page(ids(most, "p"))}`,
  "practices and bans that miss": (most) =>
    `${head}practices:\n${times(most, (n) => `  - { id: p${n}, from: user, data: page, ${rest}, to: nobody }\n`)}promises:\n${times(most, (n) => `  - { id: b${n}, never: { data: e-mail address } }\n`)}${page(`${ids(most, "p")}, ${ids(most, "b")}`)}`,
  "practices and bans that meet": (most) =>
    `${head}practices:\n${times(most, (n) => `  - { id: p${n}, from: user, data: e-mail address, ${rest}, to: nobody }\n`)}promises:\n${times(most, (n) => `  - { id: b${n}, never: { data: contact data } }\n`)}${page(`${ids(most, "p")}, ${ids(most, "b")}`)}`,
  "words in a chain": (most) =>
    `${head}terms:\n${times(most, (n) => `  t${n}: { kind: data, is: ${n === 0 ? "page" : `t${n - 1}`}, means: x }\n`)}practices: [{ id: a, from: user, data: [${ids(most, "t")}], ${rest}, to: nobody }]\n${page("a")}`,
  "words below each other": (most) =>
    `${head}terms:\n${times(most, (n) => `  t${n}: { kind: data, is: t${(n + 1) % most}, means: x }\n`)}practices: [{ id: a, from: user, data: page, ${rest}, to: nobody }]\n${page("a")}`,
  "words with many above": (most) =>
    `${head}terms:\n${times(most, (n) => `  t${n}: { kind: data, is: [page${times(Math.min(n, 100), (m) => `, t${n - m - 1}`)}], means: x }\n`)}practices: [{ id: a, from: user, data: page, ${rest}, to: nobody }]\n${page("a")}`,
  "unknown words": (most) =>
    `${head}practices: [{ id: a, from: user, data: [${ids(most, "unknown word number ")}], ${rest}, to: nobody }]\n${page("a")}`,
  "recipients in a chain": (most) =>
    `${head}recipients:\n${times(most, (n) => `  r${n}: { role: processor, name: R, does: x, holds: stores, through: r${(n + 1) % most} }\n`)}practices: [{ id: a, from: user, data: page, ${rest}, to: [${ids(most, "r")}] }]\n${page(`a, ${ids(most, "r")}`)}`,
  "unknown recipients": (most) =>
    `${head}recipients:\n${times(most, (n) => `  r${n}: { role: processor, name: R, does: x, holds: stores }\n`)}practices: [{ id: a, from: user, data: page, ${rest}, to: [${ids(most, "rr")}] }]\n${page(`a, ${ids(most, "r")}`)}`,
  "features in a chain": (most) =>
    `${head}recipients: { r: { role: processor, name: R, does: x, holds: stores } }\nfeatures:\n${times(most, (n) => `  f${n}: { does: x, needs: r, when: opt-in, within: f${(n + 1) % most} }\n`)}${page(`r, ${ids(most, "f")}`)}`,
  "clauses not on the page": (most) =>
    `${head}promises:\n${times(most, (n) => `  - { id: s${n}, says: x }\n`)}page: [{ All: [${ids(most, "gone-")}] }]\n`,
  exceptions: (most) =>
    `${head}practices:\n${times(most, (n) => `  - { id: p${n}, from: visitor, data: personal data, except: [e-mail address, page, IP address], ${rest}, to: nobody }\n`)}${page(ids(most, "p"))}`,
  "conditions per purpose": (most) =>
    `${head}practices:\n${times(most, (n) => `  - { id: p${n}, from: user, data: page, form: raw, when: { always: payment, opt-in: statistics, necessary: fraud detection }, basis: contract, keep: 1 day, to: nobody }\n`)}${page(ids(most, "p"))}`,
  "groups of many": (most) =>
    `${head}recipients:\n${times(Math.min(most, 1_000), (n) => `  r${n}: { role: processor, name: R, does: x, holds: stores }\n`)}groups: { g: [${ids(Math.min(most, 1_000), "r")}] }\npractices:\n${times(most, (n) => `  - { id: p${n}, from: user, data: page, ${rest}, to: g }\n`)}${page(`${ids(most, "p")}, ${ids(Math.min(most, 1_000), "r")}`)}`,
  stages: (most) =>
    `${head}practices: [{ id: a, from: user, data: page, for: service provision, when: always, basis: contract, keep: { ${Array.from({ length: most }, (_, n) => `aggregate of ${n + 2}: ${n + 1} days`).join(", ")} }, to: nobody }]\n${page("a")}`,
  hosts: (most) =>
    `${head}covers: [${Array.from({ length: most }, (_, n) => `h${n}.example`).join(", ")}]\npromises: [{ id: s, says: x }]\n${page("s")}`,
  "words that keep apart": (most) =>
    `${head}promises:\n${times(Math.min(most, 2_000), (n) => `  - { id: b${n}, never: { together: [e-mail address, page] } }\n`)}practices: [{ id: a, from: user, data: [page, country], ${rest}, to: nobody }]\n${page(`a, ${ids(Math.min(most, 2_000), "b")}`)}`,
};
