// A badge for other people's pages: when the notice was last updated, read aloud as it is seen.
import { dayText } from "./day-text.ts";
import { markup } from "./escape.ts";
import type { PublishedNotice } from "./published-notice.ts";

/** Pixels for a character at 11 pixels, wide enough for any of the letters used. */
const characterWidth = 6.6;
const label = "privacy notice";

export function noticeBadge({ inForce }: PublishedNotice): string {
  const value = dayText(inForce.entry.on);
  const [left, right] = [label, value].map((text) => Math.ceil(text.length * characterWidth) + 12) as [number, number];
  const n = String;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${n(left + right)}" height="20" role="img" aria-label="${label}: ${value}"><title>${label}: ${value}</title><rect width="${n(left)}" height="20" fill="#1b1a17"/><rect x="${n(left)}" width="${n(right)}" height="20" fill="#1f4b6e"/><g fill="#fff" text-anchor="middle" font-family="system-ui,sans-serif" font-size="11"><text x="${n(left / 2)}" y="14">${label}</text><text x="${n(left + right / 2)}" y="14">${value}</text></g></svg>
`.markup;
}
