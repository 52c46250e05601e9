// Why the counts of a closed day cannot answer, in words for people.
import type { NotKeptReason } from "@avow/store";

export const notKeptWords: Readonly<Record<NotKeptReason, string>> = {
  "no shape": "when these days closed nothing was counted by all that is asked together",
  folded: "what is asked may be among groups too small to be kept",
  union: "one visitor or visit may be in several of the groups that would have to be added up",
  hours: "these days are counted as wholes, and the range cuts them",
  zone: "these days were counted in another time zone",
  damaged: "the counts of these days could not be read",
};
