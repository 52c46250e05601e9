// The pipeline of a page view, in order: every step by name, with the reasons for which it may drop the event.
import type { Draft } from "./draft.ts";
import {
  findPlace,
  lookAtDeclared,
  recogniseDatacentre,
  recogniseRobot,
  reduceAgent,
  truncateClient,
} from "./steps/client.ts";
import { checkCover, findSite, honourSignal } from "./steps/cover.ts";
import { readDeclaredProps, readEngagement } from "./steps/details.ts";
import { keepDeclared, numberVisit } from "./steps/keep.ts";
import { maskWritten } from "./steps/mask.ts";
import { nameEvent, readCampaign, readPage, readReferrer, tellChannel } from "./steps/page.ts";
import { recogniseSpam, shieldCountry, shieldHostAndPage } from "./steps/shields.ts";

/** A step fills in the draft, or drops it with one of its own reasons. */
function step<const Reason extends string, Ports>(
  name: string,
  drops: readonly Reason[],
  run: (draft: Draft, ports: Ports) => NoInfer<Reason> | undefined,
) {
  return { name, drops, run } as const;
}

export const steps = [
  step("find the site", ["unknown site"], findSite),
  step("check that the notice covers it", ["outside the notice", "stores nothing"], checkCover),
  step("honour a refusal signal", ["refusal signal"], honourSignal),
  step("recognise invented referrers", ["spam referrer"], recogniseSpam),
  step("look only at what is declared", [], lookAtDeclared),
  step("truncate the address", [], truncateClient),
  step("recognise datacentres", ["datacentre"], recogniseDatacentre),
  step("shield hosts and pages", ["blocked host", "blocked page"], shieldHostAndPage),
  step("find the place", [], findPlace),
  step("shield countries", ["blocked country"], shieldCountry),
  step("recognise robots", ["robot"], recogniseRobot),
  step("name the event", ["undeclared event"], nameEvent),
  step("read the page", [], readPage),
  step("read the campaign", [], readCampaign),
  step("read the referrer", [], readReferrer),
  step("tell the channel", [], tellChannel),
  step("read the properties", [], readDeclaredProps),
  step("read the engagement", [], readEngagement),
  step("reduce the user agent", [], reduceAgent),
  step("mask what looks personal", [], maskWritten),
  step("keep what is declared", ["not declared", "undeclared event"], keepDeclared),
  step("number the visit", ["no visit to extend"], numberVisit),
] as const;

type Step = (typeof steps)[number];
export type DropReason = Step["drops"][number];

type NeedsOf<Each> = Each extends { readonly run: (draft: Draft, ports: infer Needs) => unknown }
  ? (needs: Needs) => void
  : never;
/** Everything the steps need between them. */
export type StepPorts = NeedsOf<Step> extends (needs: infer All) => void ? All : never;

/** Each reason once, in the order of the steps. */
export const dropReasons: readonly DropReason[] = [
  ...new Set(steps.flatMap((each): readonly DropReason[] => each.drops)),
];

/** Runs the draft through every step; the reason of the one that dropped it, if any. */
export function runSteps(draft: Draft, ports: StepPorts): DropReason | undefined {
  for (const { run } of steps) {
    const reason = (run as (draft: Draft, ports: StepPorts) => DropReason | undefined)(draft, ports);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
