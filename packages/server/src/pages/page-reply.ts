// A page as a reply: framed, never cached, and without any right to run script unless it is the measured example.
import type { Context } from "hono";
import type { Env } from "../http/parts.ts";
import type { House } from "../house.ts";
import type { Html } from "./frame/html.ts";
import { type Frame, layout } from "./frame/layout.ts";

export const noScript =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const ownScript = `${noScript}; script-src 'self'; connect-src 'self'`;

type Given = Omit<Frame, "contact" | "isOwner" | "kind"> & Partial<Pick<Frame, "contact" | "isOwner" | "kind">>;

/** Looks up who asks and whom to ask where the caller does not know. */
export async function pageReply(
  house: House,
  headers: Headers,
  frame: Given,
  body: Html,
  status = 200,
): Promise<Response> {
  const whole: Frame = {
    contact: installationContact(house),
    kind: "sheet",
    ...frame,
    isOwner: frame.isOwner ?? (await house.isOwner(headers)),
  };
  return new Response(String(await layout(whole, body)), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": frame.script === undefined ? noScript : ownScript,
      "cache-control": "no-store",
      vary: "Accept, Cookie",
    },
  });
}

/** Of this installation's own notice; else of one that is nobody's example (clauses.md JP11). */
export function installationContact(house: House): string {
  const policies = house.gate.policies();
  const own = policies.find(({ id }) => id === "avow") ?? policies.find(({ example }) => example === undefined);
  return (own ?? policies[0])?.controller.contact ?? "the operator of this installation";
}

export function queryOf(context: Context<Env>): URLSearchParams {
  return new URL(context.req.url).searchParams;
}
