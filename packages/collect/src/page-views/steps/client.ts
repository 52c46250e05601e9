// What is looked at of the client: its truncated address for the country, its user agent for a few common words.
import type { Draft } from "../draft.ts";
import type { ReducedAgent } from "../reduce-user-agent.ts";
import { truncateAddress } from "../truncate-address.ts";

/** What the notice does not let us read is not there for any later step. */
export function lookAtDeclared(draft: Draft): undefined {
  if (!draft.plan.mayRead.address) draft.address = "";
  if (!draft.plan.mayRead.userAgent) draft.userAgent = "";
}

/** From here on only the network is known; the whole address serves once more, to be masked where it stands in a text. */
export function truncateClient(draft: Draft): undefined {
  draft.truncatedAddress = truncateAddress(draft.address);
}

export function recogniseRobot(
  draft: Draft,
  { readAgent }: { readonly readAgent: (userAgent: string) => ReducedAgent },
): "robot" | undefined {
  return draft.userAgent !== "" && readAgent(draft.userAgent).isRobot ? "robot" : undefined;
}

const nowhere = new Set(["ZZ", "XX", "T1"]);

/** Looked up only where the notice declares the country. */
export function findCountry(
  draft: Draft,
  { countryOf }: { readonly countryOf: (truncatedAddress: string) => string | undefined },
): undefined {
  if (draft.plan.terms.country === undefined || draft.truncatedAddress === "") return;
  const country = countryOf(draft.truncatedAddress);
  if (country !== undefined && /^[A-Z]{2}$/.test(country) && !nowhere.has(country)) draft.dimensions.country = country;
}

export function reduceAgent(
  draft: Draft,
  { readAgent }: { readonly readAgent: (userAgent: string) => ReducedAgent },
): undefined {
  if (draft.userAgent === "") return;
  const { terms } = draft.plan;
  const { dimensions } = draft;
  const agent = readAgent(draft.userAgent);
  if (terms.device !== undefined && agent.device !== undefined) dimensions.device = agent.device;
  if (terms.browser !== undefined && agent.browser !== undefined) dimensions.browser = agent.browser;
  if (terms.os !== undefined && agent.os !== undefined) dimensions.os = agent.os;
  if (terms.browser_version !== undefined && agent.browserVersion !== undefined) {
    dimensions.browser_version = agent.browserVersion;
  }
  if (terms.os_version !== undefined && agent.osVersion !== undefined) dimensions.os_version = agent.osVersion;
}
