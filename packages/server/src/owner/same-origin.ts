// Who may post an owner's form: this site's own pages. Cookies are SameSite=Strict; this is the second lock.
import { Refusal } from "../http/refusal.ts";

/**
 * Every browser sends `Origin` or `Sec-Fetch-Site` with a POST; a client that sends neither is no browser and carries
 * nobody's cookies but its own.
 * @throws Refusal 403 when a browser says that the form came from elsewhere.
 */
export function requireSameOrigin(headers: Headers, publicOrigin: string): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isOurs = origin === null || origin === publicOrigin || URL.parse(origin)?.host === headers.get("host");
  if (!isOurs || (site !== null && site !== "same-origin" && site !== "none")) {
    throw new Refusal(403, "cross-site", "this form was not sent from this site; open the page here and send it again");
  }
}
