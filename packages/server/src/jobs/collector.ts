// The job that collects page views, and all it may use them for.
import type { Credential } from "@avow/gate/server";

export const collector = {
  kind: "job",
  name: "page views",
  purposes: ["usage statistics"],
} as const satisfies Credential;
