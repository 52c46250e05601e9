// Whose a vendor's service is: the vendor's own, unless a notice here is theirs (clauses.md JP9, JP10).
import type { Policy } from "../model/policy.ts";
import { relatedNotices } from "./related-notices.ts";
import type { NamedElsewhere } from "./whose-answer.ts";
import type { Part } from "./whose-address.ts";

export function whoseVendor({ name }: { readonly name: string }, served: readonly Policy[]): Part {
  const wanted = folded(name);
  const own = served.filter((policy) =>
    [policy.id, policy.title, policy.controller.name].some((each) => folded(each) === wanted),
  );
  const named = served.flatMap((policy) => namedIn(policy, wanted));
  const [nearest] = own;
  if (nearest === undefined)
    return {
      outcome: "not covered",
      name,
      sentence: `not covered; ask ${name}: likely responsible for what it runs or installs for you`,
      likely: name,
      why: [
        "Whoever operates the software for you, in the cloud or on your organisation's machines, has a notice of their own.",
        named.length === 0
          ? `No notice here is of ${name} or names it.`
          : `Notices here name ${name}; what it does with data is said in its own policy.`,
      ],
      named,
    };
  const clause = own.flatMap(vendorOfNobody)[0];
  return {
    outcome: "covered",
    name,
    sentence:
      clause === undefined
        ? `${nearest.controller.name} answers for it under ${nearest.title}`
        : `${nearest.controller.name} is nobody's vendor (${nearest.title}, ${clause}); whoever operates the software for you is likely responsible`,
    likely: clause === undefined ? nearest.controller.name : "whoever operates the software for you",
    why: [
      clause === undefined
        ? `The notice is of ${nearest.controller.name}.`
        : "The project publishes software and provides no service to you: in the cloud the address will likely tell who does, on your own machine how you installed it.",
    ],
    notices: relatedNotices(own, served),
    named,
  };
}

/** The id of the promise that says so, at the notice or above it. */
export function vendorOfNobody(policy: Policy): readonly string[] {
  const own = policy.notice.promises.filter(
    ({ kind, detail }) => kind === "vendor of" && [detail["vendor of"]].flat().includes("nobody"),
  );
  return [...own.map(({ id }) => id), ...(policy.parent === undefined ? [] : vendorOfNobody(policy.parent))];
}

function namedIn(policy: Policy, wanted: string): readonly NamedElsewhere[] {
  const { recipients, venues } = policy.notice;
  return [
    ...recipients
      .filter((each) => [each.id, each.name].some((text) => folded(text) === wanted))
      .map(({ id, does, privacy }): NamedElsewhere => ({
        notice: policy.id,
        clause: id,
        does,
        ...(privacy === undefined ? {} : { privacy }),
      })),
    ...venues
      .filter((each) => [each.id, each.name, each.operator].some((text) => folded(text) === wanted))
      .map(({ id, name, privacy, contact }): NamedElsewhere => ({
        notice: policy.id,
        clause: id,
        does: `runs ${name}`,
        privacy,
        contact,
      })),
  ];
}

/** Case, spaces and marks do not tell vendors apart. */
function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, "");
}
