// Draws refusals for browsers; the app's error handler is given this.
import type { RefusalPage } from "../http/app.ts";
import type { House } from "../house.ts";
import { pageReply } from "./page-reply.ts";
import { refusalView } from "./refusal-view.ts";

export function refusalPage(house: House): RefusalPage {
  return async (refusal) => {
    const { contact } = refusal.detail;
    const reply = await pageReply(
      house,
      new Headers(),
      {
        title: "Not possible · Avow",
        // A page about what went wrong must not fail over who is asking.
        isOwner: false,
        ...(typeof contact === "string" ? { contact } : {}),
      },
      refusalView(refusal),
      refusal.status,
    );
    for (const [name, value] of Object.entries(refusal.headers)) reply.headers.set(name, value);
    return reply;
  };
}
