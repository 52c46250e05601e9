// Questions about a notice as a whole: whose it is, whom to ask, where it holds, which features reach others.
import type { Policy } from "../model/policy.ts";
import { type Answered, idsOf } from "./answered.ts";

export function answerAboutHead(
  policy: Policy,
  about: "controller" | "contact" | "hosts" | "version" | "features",
): Answered {
  switch (about) {
    case "controller":
      return said(policy.controller.name);
    case "contact":
      return said(policy.controller.contact);
    case "hosts":
      return said(policy.covers.length === 0 ? "none" : policy.covers.map(({ host }) => host).join(", "));
    case "version":
      return said(policy.version);
    case "features": {
      const features = featuresOf(policy);
      return said(
        features.length === 0 ? "none" : features.map(({ id, when }) => `${id} (${when})`).join(", "),
        idsOf(features),
      );
    }
    default:
      return about satisfies never;
  }
}

function featuresOf(policy: Policy): Policy["notice"]["features"] {
  return [...policy.notice.features, ...(policy.parent === undefined ? [] : featuresOf(policy.parent))];
}

function said(answer: string, clauses: readonly string[] = []): Answered {
  return { answer, clauses };
}
