// The owner's forms. Each says before sending what is asked, why, to whom it goes, how long it is kept and what is optional (PS13).
import { html } from "hono/html";
import type { RefusalCode } from "../../http/refusal.ts";
import type { Html } from "../frame/html.ts";

/** What a form that was refused says on top; codes come from the address and select words, never supply them. */
const problems: Partial<Record<RefusalCode, string>> = {
  "bad-form": "Give a name of 1 to 100 characters and a password of at least 12.",
  "already-claimed": "This installation has an owner already; sign in instead.",
  "bad-token": "This link was used, or is older than a day. Restart avow for a new one.",
  "bad-sign-in": "Name or password is wrong.",
  "too-many-requests": "Too many tries. Wait a quarter of an hour.",
  "cross-site": "The form did not come from this site. Send it again from here.",
};

function problemView(code: string | undefined): Html | string {
  const words =
    code === undefined
      ? undefined
      : (Object.entries(problems).find(([known]) => known === code)?.[1] ?? "That did not work; try again.");
  return words === undefined ? "" : html`<p class="problem" role="alert">${words}</p>`;
}

interface Told {
  readonly why: string;
  readonly keep: string;
}

function toldView({ why, keep }: Told): Html {
  return html`<dl class="told small">
    <dt>Why</dt>
    <dd>${why}</dd>
    <dt>To whom</dt>
    <dd>To nobody: it stays in this installation's records.</dd>
    <dt>How long</dt>
    <dd>${keep}</dd>
    <dt>Optional</dt>
    <dd>
      Nothing here is; without it only public pages are shown, and they need no account. The name may be invented.
    </dd>
  </dl>`;
}

export function claimView(token: string, problem: string | undefined): Html {
  return html`<h1>Become the owner of this installation</h1>
    <p class="standing">You hold the one-time link that the first start printed. It works once.</p>
    ${problemView(problem)}
    ${toldView({ why: "So that only you see private statistics and change who else may.", keep: "The name and a scrypt hash of the password, until you set others or remove the data directory. A session cookie, for 14 days or until you sign out." })}
    <form method="post" action="/owner/claim">
      <input type="hidden" name="token" value="${token}" />
      <div class="field">
        <label for="name">Name</label><input id="name" name="name" required maxlength="100" autocomplete="username" />
      </div>
      <div class="field">
        <label for="password">Password</label
        ><input
          id="password"
          name="password"
          type="password"
          required
          minlength="12"
          maxlength="1024"
          autocomplete="new-password"
          aria-describedby="password-rule"
        />
        <p class="small" id="password-rule">At least 12 characters.</p>
      </div>
      <button>Become the owner</button>
    </form>`;
}

export function signInView(next: string, problem: string | undefined): Html {
  return html`<h1>Sign in</h1>
    <p class="standing">For the owner of this installation.</p>
    ${problemView(problem)}
    <form method="post" action="/sign-in">
      <input type="hidden" name="next" value="${next}" />
      <div class="field">
        <label for="name">Name</label><input id="name" name="name" required maxlength="100" autocomplete="username" />
      </div>
      <div class="field">
        <label for="password">Password</label
        ><input
          id="password"
          name="password"
          type="password"
          required
          maxlength="1024"
          autocomplete="current-password"
        />
      </div>
      ${toldView({ why: "To compare both with what you set when you became the owner.", keep: "What you type here is compared and forgotten. A session cookie stays for 14 days or until you sign out; your network, cut short, is remembered in memory for 15 minutes to slow guessing." })}
      <button>Sign in</button>
    </form>`;
}
