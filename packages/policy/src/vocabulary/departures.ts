// Where our order of words is not that of the Data Privacy Vocabulary, and why; docs/reference/vocabulary.md prints it.
import type { TermKind } from "../model/vocabulary.ts";

/** `adds`: a word stands below one it is not below in DPV. `leaves out`: it does not stand below one it is below in DPV. */
export interface Departure {
  readonly kind: TermKind;
  readonly how: "adds" | "leaves out";
  readonly keys: readonly string[];
  readonly because: string;
}

export const departures: readonly Departure[] = [
  {
    kind: "data",
    how: "adds",
    keys: [
      "page",
      "page host",
      "referrer",
      "campaign",
      "visit duration",
      "time of visit",
      "custom event",
      "custom property",
      "scroll depth",
      "log line",
    ],
    because: "browsing a site is using it; DPV keeps browsing and service consumption apart",
  },
  {
    kind: "data",
    how: "leaves out",
    keys: ["referrer", "source", "campaign"],
    because: "where somebody came from is no page they opened; `usage data` stands above both",
  },
  { kind: "data", how: "adds", keys: ["user agent"], because: "a device sends it; DPV puts it under tracking" },
  {
    kind: "data",
    how: "leaves out",
    keys: ["browser", "browser version", "operating system", "operating system version"],
    because: "they are not error reports or ciphers, which share DPV's device software; `device data` stands above all",
  },
  {
    kind: "data",
    how: "leaves out",
    keys: ["region", "city"],
    because: "found from a network address they are no way to reach anyone; DPV puts them under postal addresses",
  },
  { kind: "data", how: "adds", keys: ["billing address"], because: "an address on an invoice is a money matter too" },
  {
    kind: "data",
    how: "leaves out",
    keys: ["payment record"],
    because: "a record of a payment is not what invoicing needs; `financial data` stands above both",
  },
  {
    kind: "data",
    how: "leaves out",
    keys: ["customer database"],
    because: "a register of customers holds more than money matters",
  },
  {
    kind: "data",
    how: "leaves out",
    keys: ["password hash"],
    because: "sessions, tokens and keys share DPV's authentication data; a hash of a password is none of them",
  },
  {
    kind: "purpose",
    how: "adds",
    keys: ["usage statistics", "error diagnosis"],
    because: "services are counted and mended to make them better; this is what the notices call it",
  },
  {
    kind: "purpose",
    how: "leaves out",
    keys: ["usage statistics"],
    because: "counting visits is not watching whether a service is up",
  },
  { kind: "purpose", how: "adds", keys: ["availability"], because: "a service that is down is not provided" },
  {
    kind: "purpose",
    how: "leaves out",
    keys: ["preventing fraud"],
    because: "the notices tell fraud and intrusion apart, so leave for one must not be leave for the other",
  },
  { kind: "purpose", how: "adds", keys: ["disputes"], because: "settling claims is enforcing or defending rights" },
  {
    kind: "purpose",
    how: "leaves out",
    keys: ["disputes", "membership upkeep"],
    because: "leave to administer must not be leave for these; notices name them",
  },
  {
    kind: "purpose",
    how: "leaves out",
    keys: ["replying"],
    because: "an answer to somebody who wrote is no mailing and no news",
  },
  { kind: "purpose", how: "adds", keys: ["event registration"], because: "it is what the participant came for" },
  {
    kind: "purpose",
    how: "adds",
    keys: ["fetching news"],
    because: "news is told to inform; DPV has no nearer identifier than providing a service",
  },
  {
    kind: "purpose",
    how: "adds",
    keys: ["running the installation"],
    because: "who keeps an installation working administers it",
  },
  {
    kind: "purpose",
    how: "leaves out",
    keys: ["running the installation"],
    because: "keeping it working is not what visitors came for",
  },
  {
    kind: "subject",
    how: "adds",
    keys: ["user", "member", "sponsor", "donor", "paying organisation", "event participant", "subscriber"],
    because: "whoever does these visits first, and no one may lose a visitor's protection by it; DPV keeps roles apart",
  },
  {
    kind: "subject",
    how: "leaves out",
    keys: ["sponsor", "owner"],
    because: "they are neither donors nor paying organisations, which share DPV's customer",
  },
  {
    kind: "condition",
    how: "adds",
    keys: ["opt-out", "opt-in", "necessary"],
    because: "the language orders conditions by what they permit; DPV only names them",
  },
  {
    kind: "role",
    how: "leaves out",
    keys: ["joint controller"],
    because: "who decides with us does not decide alone",
  },
];
