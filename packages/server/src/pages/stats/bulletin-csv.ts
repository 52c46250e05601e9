// What a bulletin shows as a table for other programs (RFC 4180): one line for each figure, day and group.
import type { BulletinModel } from "./bulletin-model.ts";
import { singular, valueText } from "./filters.ts";

const head = ["part", "name", "visitors", "visits", "page views", "bounce rate", "visit duration"] as const;

export function bulletinCsv({ figures, chart, tables, least }: BulletinModel): string {
  const lines: (readonly (string | number | null | undefined)[])[] = [head];
  if (figures !== undefined) {
    const { visitors, visits, pageviews, bounceRate, duration } = figures;
    lines.push(["total", "", visitors, visits, pageviews, bounceRate, duration]);
  }
  for (const { label, visitors } of chart?.points ?? [])
    lines.push([chart?.bucket.slice("time:".length), label, visitors]);
  for (const { dimension, rows, other } of tables) {
    for (const { value, visitors } of rows) lines.push([singular(dimension), valueText(dimension, value), visitors]);
    if (other > 0) lines.push([singular(dimension), `other (groups under ${least})`, other]);
  }
  return lines.map((cells) => `${head.map((_, index) => cell(cells[index])).join(",")}\r\n`).join("");
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string | number | null | undefined): string {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
