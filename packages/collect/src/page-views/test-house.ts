// For the tests of the collector: a pipeline over a notice made up for one test, and what it wrote and refused.
import { type Gate, createGate } from "@avow/gate/server";
import { type Policy, compileNotice, parseNotice, standardVocabulary } from "@avow/policy";
import { type Collected, type PageViewPorts, type PageViews, createPageViews } from "./create-page-views.ts";
import type { ClientTraits, MeasuredSite } from "./draft.ts";

export const ordinary =
  "page, page host, referrer, source, campaign, country, device type, browser, browser version, operating system, operating system version, visit duration";

interface Wording {
  readonly data?: string;
  readonly reads?: string;
  readonly when?: string;
  readonly covers?: string;
  readonly more?: string;
}

function policyOf({
  data = ordinary,
  reads = "IP address, user agent",
  when = "opt-out",
  covers = "exam.example",
  more = "",
}: Wording): Policy {
  const text = `avow: 1
notice: exam
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
covers: [${covers}]
practices:
  - id: web-traffic
    from: visitor
${reads === "" ? "" : `    reads: [${reads}]\n`}    data: [${data}]
    for: [improving the service]
    when: ${when}
    basis: legitimate interest
    keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }
    to: nobody
${more === "" ? "" : `promises:\n  - ${more}\n`}page: [{ What we collect: [web-traffic${more === "" ? "" : ", promise"}] }]
`;
  const { notice, diagnostics } = parseNotice(text, "notices/exam/notice.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => `${each.span.line}: ${each.message}`).join("\n"));
  return compileNotice(notice, { vocabulary: standardVocabulary });
}

export const agent =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
export const client: ClientTraits = { address: "203.0.113.77", userAgent: agent, signal: false };
export const atMs = Date.UTC(2026, 10, 20, 23, 30, 15, 999);

function site(domain: string, rules?: Partial<NonNullable<MeasuredSite["rules"]>>): MeasuredSite {
  const none = { props: [], hostnames: [], blockedPages: [], blockedCountries: [] };
  const known = { domain, notice: "exam", timeZone: "Europe/Amsterdam" };
  return rules === undefined ? known : { ...known, rules: { ...none, ...rules } };
}

export function house(
  wording: Wording = {},
  sites = ["exam.example"],
  more: Partial<PageViewPorts> = {},
  rules?: Partial<NonNullable<MeasuredSite["rules"]>>,
) {
  const policy = policyOf(wording);
  const gate = createGate([policy], { nowMs: () => atMs });
  const sightings: object[] = [];
  const lookups: string[] = [];
  const visits = new Set<string>();
  const known = new Map<string, MeasuredSite>(sites.map((domain) => [domain, site(domain, rules)]));
  const collector = createPageViews({
    siteOf: (domain) => known.get(domain),
    gate,
    credential: { kind: "job", name: "page views", purposes: ["improving the service"] },
    visitors: {
      see(sighting) {
        sightings.push(sighting);
        const isNewVisit = !visits.has(sighting.truncatedAddress);
        visits.add(sighting.truncatedAddress);
        return { visitor: 11, visit: 22, isNewVisit };
      },
    },
    countryOf: (truncated) => {
      lookups.push(truncated);
      return "NL";
    },
    localDay: (ms, timeZone) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(ms),
    ...more,
  });
  return { policy, gate, collector, sightings, lookups };
}

export function collected(collector: PageViews, event: object, from: Partial<typeof client> = {}): Collected {
  const body = JSON.stringify({ n: "pageview", u: "https://exam.example/", d: "exam.example", ...event });
  const result = collector.collect({ body, client: { ...client, ...from }, atMs });
  return rowsIn(result);
}
export function rowsIn(result: ReturnType<PageViews["collect"]>): Collected {
  if ("invalid" in result) throw new Error(JSON.stringify(result.invalid));
  return result;
}
export const dimensionsOf = (collector: PageViews, event: object, from: Partial<typeof client> = {}) =>
  collected(collector, event, from).rows[0]?.dimensions;
export const refusedOf = ({ gate }: { gate: Gate }) =>
  gate
    .drain()
    .filter((each) => each.outcome === "refused")
    .map(({ clause, reason, count }) => `${clause}: ${reason} ${count}`);
