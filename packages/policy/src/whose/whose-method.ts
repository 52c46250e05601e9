// Whose a package is: on your own machine the way you installed it likely tells (clauses.md JP10).
import type { Policy } from "../model/policy.ts";
import { listed } from "../write/lists.ts";
import { type WhoseQuestion, packageName } from "./read-whose.ts";
import { relatedNotices } from "./related-notices.ts";
import type { Coverage } from "./coverage.ts";
import type { Part } from "./whose-address.ts";

type Method = Extract<WhoseQuestion, { readonly kind: "method" }>;

/** The index a tool asks unless it was told otherwise, where it has one host that a notice can name. */
const defaultIndex: Readonly<Record<string, string>> = { pip: "pypi.org" };

export function whoseMethod(question: Method, coverage: Coverage): Part {
  const { method, name, channel } = question;
  if (name === undefined) return methodAlone(method, coverage);
  const served = coverage.policies();
  const found = nearestFirst(served.filter((policy) => installs(policy, method, name)));
  const [nearest] = found;
  const onOwnMachine =
    "On your own machine the way you installed it likely tells: software that you run is under the notice of the project it comes from.";
  const otherwise = [
    ...(channel === undefined ? [] : [`The channel ${channel} packaged it; what that package adds is its operator's.`]),
    "If an organisation or a vendor installed it for you or runs it for you, ask them: vendor:NAME.",
  ];
  if (nearest === undefined)
    return {
      outcome: "not covered",
      method,
      name,
      sentence: `not covered; ask whoever publishes ${name}, named in the package's own description`,
      likely: `the publisher of ${name}`,
      why: [`No notice here names ${name} as installed with ${method}.`, onOwnMachine, ...otherwise],
    };
  return {
    outcome: "covered",
    method,
    name,
    sentence: `${name} is covered by ${nearest.title}; likely ${nearest.controller.name} answers for the software, and you for the machine it runs on`,
    likely: nearest.controller.name,
    why: [`The notice names ${name} as installed with ${method}.`, onOwnMachine, ...otherwise],
    notices: relatedNotices(found, served),
  };
}

function methodAlone(method: string, coverage: Coverage): Part {
  const served = coverage.policies();
  const naming = served.filter((policy) => packagesOf(policy, method).length > 0);
  const names = [...new Set(naming.flatMap((policy) => packagesOf(policy, method)))];
  const index = defaultIndex[method];
  const indexNotice = index === undefined ? undefined : coverage.covering(index)[0];
  return {
    outcome: "not covered",
    method,
    sentence: `${method} alone does not tell; likely whoever publishes the package is responsible: ask with ${method}:NAME`,
    why: [
      "On your own machine the way you installed it likely tells: each package comes from its own project.",
      names.length === 0
        ? `No notice here names a package installed with ${method}.`
        : `Notices here name ${listed(names)}.`,
      index === undefined
        ? "The package index it was fetched from is its operator's, named in the tool's own configuration."
        : indexNotice === undefined
          ? `The package index is ${index} unless the tool was told otherwise: ask its operator.`
          : `The package index is ${index} unless the tool was told otherwise: likely ${indexNotice.controller.name}, under ${indexNotice.title}.`,
    ],
  };
}

function packagesOf(policy: Policy, method: string): readonly string[] {
  const { installed } = policy.notice;
  return Object.hasOwn(installed, method) ? (installed[method] ?? []) : [];
}

function installs(policy: Policy, method: string, name: string): boolean {
  return packagesOf(policy, method).some((each) => packageName(method, each) === name);
}

/** One that names fewer packages is nearer, an addendum nearer than its parent. */
function nearestFirst(found: readonly Policy[]): readonly Policy[] {
  return found.toSorted((a, b) => depthOf(b) - depthOf(a) || packagesNamed(a) - packagesNamed(b));
}

function packagesNamed(policy: Policy): number {
  return Object.values(policy.notice.installed).flat().length;
}

function depthOf(policy: Policy): number {
  return policy.parent === undefined ? 0 : 1 + depthOf(policy.parent);
}
