// What is looked at of the client: its truncated address for the country, its user agent for a few common words.
import type { Draft } from "../draft.ts";
import type { ReducedAgent } from "../reduce-user-agent.ts";
import { cut } from "../split-url.ts";
import { truncateAddress } from "../truncate-address.ts";

/** What the notice does not let us read is not there for any later step. */
export function lookAtDeclared(draft: Draft): undefined {
  if (!draft.plan.mayRead.address) {
    draft.address = "";
    draft.addressKind = undefined;
  }
  if (!draft.plan.mayRead.userAgent) draft.userAgent = "";
}

/** From here on only the network is known; the whole address serves once more, to be masked where it stands in a text. */
export function truncateClient(draft: Draft): undefined {
  draft.truncatedAddress = truncateAddress(draft.address);
}

/** By what a trusted proxy says of the address, or the operator's table of networks: the whole of the truncated one must be in it. */
export function recogniseDatacentre(
  draft: Draft,
  { isDatacentre }: { readonly isDatacentre?: (truncatedAddress: string) => boolean },
): "datacentre" | undefined {
  if (draft.addressKind === "datacentre") return "datacentre";
  return draft.truncatedAddress !== "" && isDatacentre?.(draft.truncatedAddress) === true ? "datacentre" : undefined;
}

export function recogniseRobot(
  draft: Draft,
  { readAgent }: { readonly readAgent: (userAgent: string) => ReducedAgent },
): "robot" | undefined {
  return draft.userAgent !== "" && readAgent(draft.userAgent).isRobot ? "robot" : undefined;
}

const nowhere = new Set(["ZZ", "XX", "T1"]);

const longestPlace = 100;

export interface PlacePorts {
  readonly countryOf: (truncatedAddress: string) => string | undefined;
  readonly placeOf?: (truncatedAddress: string) => { readonly region?: string; readonly city?: string } | undefined;
}

/** Looked up only where the notice declares it; the address of a shared exit says nothing of where somebody is. */
export function findPlace(draft: Draft, { countryOf, placeOf }: PlacePorts): undefined {
  const { truncatedAddress, dimensions, plan } = draft;
  if (truncatedAddress === "" || draft.addressKind === "anonymous") return;
  if (plan.terms.country !== undefined) {
    const country = countryOf(truncatedAddress);
    if (country !== undefined && /^[A-Z]{2}$/.test(country) && !nowhere.has(country)) dimensions.country = country;
  }
  if (placeOf === undefined || (plan.terms.region === undefined && plan.terms.city === undefined)) return;
  const { region = "", city = "" } = placeOf(truncatedAddress) ?? {};
  if (plan.terms.region !== undefined && region !== "") dimensions.region = cut(region, longestPlace);
  if (plan.terms.city !== undefined && city !== "") dimensions.city = cut(city, longestPlace);
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
