// Each practice says what it must, in stages that only ever protect more, to recipients people can look up.
import { formText, isFormAtOrBelow } from "../model/form-order.ts";
import type { Practice, Recipient } from "../model/notice.ts";
import { type Checking, find, warn } from "./checking.ts";

export function checkPractices(checking: Checking): void {
  for (const practice of checking.notice.practices) {
    checkWhole(checking, practice);
    checkSends(checking, practice);
    checkStages(checking, practice);
  }
}

function checkWhole(checking: Checking, practice: Practice): void {
  const { id, from, reads, data, for: purposes, when, basis, keep } = practice;
  const missing = Object.entries({
    from: from.length,
    data: reads.length + data.length,
    for: purposes.length,
    when: when.length,
    basis: basis.length,
    keep: keep.length,
  })
    .filter(([, count]) => count === 0)
    .map(([key]) => `\`${key}\``);
  if (missing.length === 0) return;
  find(
    checking,
    "practice-incomplete",
    `practices.${id}`,
    `practice \`${id}\` does not say ${missing.join(", ")}`,
    "add what is missing; nothing is assumed in silence",
  );
}

/** What is sent is part of what is read or held: nothing appears on the way out. */
function checkSends(checking: Checking, { id, sends, sentAs, data, reads, to }: Practice): void {
  for (const [number, term] of sends.entries()) {
    if ([...data, ...reads].some((each) => checking.vocabulary.isAtOrBelow("data", term, each))) continue;
    if (!checking.vocabulary.has("data", term)) continue;
    find(
      checking,
      "practice-incomplete",
      `practices.${id}.sends.${number}`,
      `practice \`${id}\` sends \`${term}\` but neither reads nor holds it`,
      "add it to `data` or `reads`, or send less",
    );
  }
  if (sentAs !== undefined && to.length === 0) {
    const help = "name the recipients in `to`, or leave `sent as` out";
    find(
      checking,
      "practice-incomplete",
      `practices.${id}.sent as`,
      `practice \`${id}\` says in which form it sends, and sends to nobody`,
      help,
    );
  }
  if (sends.length > 0 && to.length === 0) {
    find(
      checking,
      "practice-incomplete",
      `practices.${id}.sends`,
      `practice \`${id}\` sends data to nobody`,
      "name the recipients in `to`, or leave `sends` out",
    );
  }
}

/** Later stages leave less of the person in the data and last longer where they can be compared. */
function checkStages(checking: Checking, { id, keep }: Practice): void {
  for (const [number, stage] of keep.entries()) {
    const before = keep[number - 1];
    if (before === undefined) continue;
    const at = `practices.${id}.keep.${formText(stage.form)}`;
    if (!isFormAtOrBelow(stage.form, before.form)) {
      find(
        checking,
        "stage-order",
        at,
        `\`${formText(stage.form)}\` does not protect more than \`${formText(before.form)}\` before it`,
        "order the stages from raw to aggregate",
      );
    }
    if (before.keep.kind !== "for" || stage.keep.kind === "never by us") {
      find(
        checking,
        "stage-order",
        at,
        `the stage before \`${formText(stage.form)}\` never ends`,
        "give every stage but the last an end, and write `never by us` alone",
      );
    } else if (
      stage.keep.kind === "for" &&
      stage.keep.after === before.keep.after &&
      stage.keep.days <= before.keep.days
    ) {
      find(
        checking,
        "stage-order",
        at,
        `\`${formText(stage.form)}\` ends no later than the stage before it`,
        "lengths count from the same day: the later stage must be longer",
      );
    }
  }
}

/** How long and in which form is said only of what is stored. */
function checkHolding(checking: Checking, { id, holds, storesAs, keeps }: Recipient): void {
  if (holds === "stores" || holds === "not stated") return;
  for (const [key, value] of Object.entries({ "stores as": storesAs, keeps })) {
    if (value === undefined) continue;
    find(
      checking,
      "bad-value",
      `recipients.${id}.${key}`,
      `\`${id}\` holds \`${holds}\`, so \`${key}\` says nothing`,
      "write `holds: stores`, or leave the key out",
    );
  }
}

export function checkRecipients(checking: Checking): void {
  for (const recipient of checking.notice.recipients) {
    const { id, role, agreement, privacy, vouched } = recipient;
    const at = `recipients.${id}`;
    checkHolding(checking, recipient);
    const isOurs = role === "processor" || role === "joint controller";
    if (isOurs && agreement === undefined)
      warn(
        checking,
        "no-agreement",
        at,
        `\`${id}\` gets data without an agreement to show`,
        "add `agreement: https://…`",
      );
    if (privacy === undefined)
      warn(checking, "no-privacy-link", at, `\`${id}\` has no privacy policy to show`, "add `privacy: https://…`");
    if (isOurs && (vouched === undefined || vouched === "not yet")) {
      warn(
        checking,
        "not-vouched",
        at,
        `nobody vouches yet that \`${id}\` protects data as we do`,
        "add `vouched: { says, by, on, until }`",
      );
    }
  }
}
