// A posted form: urlencoded, small, read whole.
import type { Context } from "hono";
import type { Env } from "./parts.ts";
import { Refusal } from "./refusal.ts";

const mostBytes = 16_384;

/** @throws Refusal 400, 413 or 415. */
export async function readForm(context: Context<Env>): Promise<URLSearchParams> {
  const type = context.req.header("content-type") ?? "";
  if (!type.toLowerCase().startsWith("application/x-www-form-urlencoded")) {
    throw new Refusal(415, "bad-form", "send the form as application/x-www-form-urlencoded");
  }
  const text = await context.req.text();
  if (text.length > mostBytes)
    throw new Refusal(413, "body-too-large", `the form is longer than ${mostBytes} characters`);
  return new URLSearchParams(text);
}
