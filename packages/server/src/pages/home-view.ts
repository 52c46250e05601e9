// The front page: what this is, the notices, the sites, and for a newcomer a page that is being measured.
import { html } from "hono/html";
import type { Html } from "./frame/html.ts";

export interface HomeModel {
  readonly notices: readonly {
    readonly id: string;
    readonly title: string;
    readonly state: Html;
    /** Whose published notice the example follows. */
    readonly example?: string;
  }[];
  readonly sites: readonly { readonly domain: string; readonly notice: string; readonly isPublic: boolean }[];
  readonly isOwner: boolean;
  readonly hasExample: boolean;
}

export function homeView({ notices, sites, isOwner, hasExample }: HomeModel): Html {
  return html`<h1>A privacy notice that runs</h1>
    <p class="standing">
      From one file Avow publishes the notice people read, and does the measuring it promises in exactly the declared
      form. What is not declared does not happen, and every sentence shows how it is kept.
    </p>
    ${
      hasExample
        ? html`<p>
            See it at work: open <a href="/example">a page being measured</a>, then
            <a href="/stats/example.org">its statistics</a> and <a href="/notices/example">the notice it runs under</a>,
            which tells what your own visit brought and left.
          </p>`
        : ""
    }
    <section aria-labelledby="notices">
      <h2 id="notices">Notices</h2>
      ${
        notices.length === 0
          ? html`<p>No notice is served.</p>`
          : html`<ul class="entries">
              ${notices.map(noticeEntry)}
            </ul>`
      }
    </section>
    <section aria-labelledby="sites">
      <h2 id="sites">Sites</h2>
      ${
        sites.length === 0
          ? html`<p>
              ${isOwner ? html`No site is measured yet. Add one: <code>npm run -s avow -- site add DOMAIN --notice ID</code>` : "No site has public statistics."}
            </p>`
          : html`<ul class="entries">
              ${sites.map(siteEntry)}
            </ul>`
      }
    </section>`;
}

function noticeEntry({ id, title, state, example }: HomeModel["notices"][number]): Html {
  return html`<li>
    <a href="/notices/${id}">${title}</a
    ><span class="small">${state}${example === undefined ? "" : ` Example ${example.replace(/\.$/, "")}.`}</span>
  </li>`;
}

function siteEntry({ domain, notice, isPublic }: HomeModel["sites"][number]): Html {
  return html`<li>
    <a href="/stats/${encodeURIComponent(domain)}">${domain}</a
    ><span class="small"
      >measured under <a href="/notices/${notice}">${notice}</a> · statistics ${isPublic ? "public" : "private"}</span
    >
  </li>`;
}
