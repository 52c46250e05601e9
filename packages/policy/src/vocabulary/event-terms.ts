// What a length of keeping can be counted from. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const eventTerms: readonly Term[] = [
  { key: "collection", kind: "event", dpv: "https://w3id.org/dpv#TemporalDuration", parents: [], means: "The moment the data is collected" },
  { key: "the day closes", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "Midnight of the site, when a day is counted" },
  { key: "the account closes", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The account is closed" },
  { key: "membership ends", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The membership ends" },
  { key: "the payment settles", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The payment is settled" },
  { key: "the event ends", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The event one registered for is over" },
  { key: "the person unsubscribes", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The person leaves the mailing" },
  { key: "the person says no", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The person withdraws the answer" },
  { key: "the session ends", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The person signs out" },
  { key: "the site is removed", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The site is removed from the installation" },
  { key: "the key is removed", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The key is removed" },
  { key: "the matter is closed", kind: "event", dpv: "https://w3id.org/dpv#UntilEventDuration", parents: [], means: "The question or case is settled" },
];
