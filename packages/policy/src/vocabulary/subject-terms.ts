// Whose data it is. Terms bound to the W3C Data Privacy Vocabulary 2.3 (see NOTICE-DPV.md); definitions are our own.
import type { Term } from "../model/vocabulary.ts";

export const subjectTerms: readonly Term[] = [
  { key: "visitor", kind: "subject", dpv: "https://w3id.org/dpv#Visitor", parents: [], means: "Anyone who visits a site" },
  { key: "user", kind: "subject", dpv: "https://w3id.org/dpv#User", parents: ["visitor"], means: "Anyone who uses a service or an account" },
  { key: "member", kind: "subject", dpv: "https://w3id.org/dpv#Member", parents: ["user"], means: "A member of the organisation" },
  { key: "supporting member", kind: "subject", dpv: "https://w3id.org/dpv#Member", parents: ["member"], means: "A member who supports with a fee" },
  { key: "voting member", kind: "subject", dpv: "https://w3id.org/dpv#Member", parents: ["member"], means: "A member who may vote" },
  { key: "contributing member", kind: "subject", dpv: "https://w3id.org/dpv#Member", parents: ["voting member"], means: "A voting member by contribution" },
  { key: "managing member", kind: "subject", dpv: "https://w3id.org/dpv#Member", parents: ["voting member"], means: "A voting member by work for the organisation" },
  { key: "sponsor", kind: "subject", dpv: "https://w3id.org/dpv#Client", parents: ["user"], means: "A person who sponsors" },
  { key: "donor", kind: "subject", dpv: "https://w3id.org/dpv#Customer", parents: ["user"], means: "A person who donates" },
  { key: "software user", kind: "subject", dpv: "https://w3id.org/dpv#User", parents: ["user"], means: "Anyone who runs the software on a machine of their own" },
  { key: "paying organisation", kind: "subject", dpv: "https://w3id.org/dpv#Customer", parents: ["user"], means: "A person paying for an organisation", also: ["customer"] },
  { key: "event participant", kind: "subject", dpv: "https://w3id.org/dpv#Participant", parents: ["user"], means: "A person registered for an event" },
  { key: "subscriber", kind: "subject", dpv: "https://w3id.org/dpv#Subscriber", parents: ["user"], means: "A person who asked for a mailing" },
  { key: "other individual", kind: "subject", dpv: "https://w3id.org/dpv#DataSubject", parents: [], means: "A person named in somebody else's record", also: ["third person"] },
  { key: "owner", kind: "subject", dpv: "https://w3id.org/dpv#Client", parents: [], means: "Who runs an installation of Avow" },
];
