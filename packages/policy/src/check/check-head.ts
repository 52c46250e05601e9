// Whom to ask, which hosts need a caution, which links are links, and whose words have run out (clauses.md JP6, JP8, JP11).
import { hostShape } from "../covers-host.ts";
import type { Voucher } from "../model/notice.ts";
import { type Checking, find } from "./checking.ts";

export function checkHead(checking: Checking): void {
  const { notice } = checking;
  const { name, contact } = notice.controller;
  if (name.trim() === "" || contact.trim() === "") {
    find(
      checking,
      "missing-contact",
      "controller",
      "the notice names nobody to ask",
      "add `controller: { name: …, contact: … }`",
    );
  }
  for (const [number, covered] of notice.covers.entries()) {
    if (covered.stores !== "nothing" || covered.caution !== undefined) continue;
    const help = "add `caution: …`: people must read there what not to bring";
    find(
      checking,
      "missing-caution",
      `covers.${number}`,
      `\`${covered.host}\` stores nothing but cautions nobody`,
      help,
    );
  }
  for (const { id, hosts } of notice.recipients) {
    for (const [number, host] of hosts.entries()) {
      if (hostShape.test(host)) continue;
      const help = "write the host alone, e.g. `js.stripe.com`: browsers are told to reach this and nothing else";
      find(checking, "bad-host", `recipients.${id}.hosts.${number}`, `\`${shown(host)}\` is no host`, help);
    }
  }
  const hosts = notice.covers.map((each) => each.host);
  for (const [number, host] of hosts.entries()) {
    if (hosts.indexOf(host) !== number)
      find(checking, "repeated-value", `covers.${number}`, `\`${host}\` is covered twice`, "keep one of them");
  }
  for (const { id, privacy, contact: reach } of notice.venues) {
    if (privacy !== "" && reach !== "") continue;
    find(
      checking,
      "venue-without-contact",
      `venues.${id}`,
      `venue \`${id}\` has no policy link or no contact`,
      "add `privacy` and `contact`",
    );
  }
}

export function checkLinks(checking: Checking): void {
  const { notice } = checking;
  // An address for mail stands as it is; what looks like a link is one.
  const asked = notice.controller.contact;
  if (/^[a-z][a-z0-9+.-]*:/i.test(asked)) checkLink(checking, asked, "controller.contact");
  for (const { id, agreement, privacy } of notice.recipients) {
    checkPage(checking, agreement, `recipients.${id}.agreement`);
    checkPage(checking, privacy, `recipients.${id}.privacy`);
  }
  for (const { id, url, privacy, contact } of notice.venues) {
    checkPage(checking, url, `venues.${id}.url`);
    checkPage(checking, privacy, `venues.${id}.privacy`);
    checkLink(checking, contact, `venues.${id}.contact`);
  }
}

/** Links are shown to people as they stand: only https, or mailto, and nothing that hides in them. */
export function isLink(text: string): boolean {
  if (text.length > 2_000 || /[\s"'<>`\\^{|}\u007F-\u{10FFFF}]/u.test(text)) return false;
  return (
    /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#].*)?$/i.test(text) ||
    /^mailto:[^@/?#]+@[a-z0-9.-]+$/i.test(text)
  );
}

/** Something to be read, so no address for mail. */
function checkPage(checking: Checking, link: string | undefined, at: string): void {
  if (link?.toLowerCase().startsWith("mailto:") !== true) return checkLink(checking, link, at);
  const help = "give the https address of the page where it can be read";
  return find(checking, "bad-link", at, `\`${shown(link)}\` is an address for mail, not a page`, help);
}

function checkLink(checking: Checking, link: string | undefined, at: string): void {
  if (link === undefined || link === "" || isLink(link)) return;
  find(
    checking,
    "bad-link",
    at,
    `\`${shown(link)}\` is no link people can follow safely`,
    "write `https://…` or `mailto:name@host`",
  );
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

export function checkVouchers(checking: Checking): void {
  const { notice } = checking;
  for (const { id, vouched } of notice.recipients) {
    if (vouched !== undefined && vouched !== "not yet")
      checkVoucher(checking, vouched, `recipients.${id}.vouched`, `the word for \`${id}\``);
  }
  for (const { id, voucher } of notice.promises) {
    if (voucher !== undefined) checkVoucher(checking, voucher, `promises.${id}.attested`, `attestation \`${id}\``);
  }
}

function checkVoucher(checking: Checking, voucher: Voucher, at: string, what: string): void {
  const { today } = checking;
  if (today !== undefined && voucher.on > today) {
    const help = "an attestation holds from the day it was given; correct the date, or wait for it";
    find(checking, "attestation-early", at, `${what} begins only on ${voucher.on}`, help);
  }
  if (today === undefined || voucher.until >= today) return;
  const help = `ask ${voucher.by} to vouch again and write the new dates, or take the promise back`;
  find(checking, "attestation-expired", at, `${what} ended on ${voucher.until}`, help);
}
