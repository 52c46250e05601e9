// One venue as English: whose place it is, whose policy holds there, whom to ask (clauses.md JP7, JP8).
import type { Venue } from "../model/notice.ts";
import { sentence } from "./lists.ts";

export function venueSentence(venue: Venue): string {
  const policy = `${venue.operator} runs it, not us: read its policy at ${venue.privacy} and ask it at ${venue.contact}`;
  return `${sentence(`${venue.name} is at ${venue.url}`)} ${sentence(policy)}`;
}
