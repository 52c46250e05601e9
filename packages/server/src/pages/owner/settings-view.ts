// Settings: the sites with who may see their statistics, and the keys that may ask; for the owner.
import { html } from "hono/html";
import { dateText } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";

export interface SettingsModel {
  readonly ownerName: string;
  readonly sites: readonly {
    readonly domain: string;
    readonly notice: string;
    readonly timeZone: string;
    readonly isPublic: boolean;
  }[];
  readonly keys: readonly {
    readonly id: string;
    readonly site: string;
    readonly purposes: readonly string[];
    readonly createdAtMs: number;
  }[];
}

export function settingsView({ ownerName, sites, keys }: SettingsModel): Html {
  return html`<h1>Settings</h1>
    <p class="standing">Owner: ${ownerName}.</p>
    <section aria-labelledby="sites">
      <h2 id="sites">Sites</h2>
      ${sites.length === 0 ? html`<p>No site is measured yet.</p>` : sitesTable(sites)}
      <p>Add one: <code>npm run -s avow -- site add DOMAIN --notice ID</code></p>
    </section>
    <section aria-labelledby="keys">
      <h2 id="keys">Keys</h2>
      <p>A key asks about one site, for the purposes fixed when it was made. Only its hash is kept.</p>
      ${keys.length === 0 ? "" : keysTable(keys)}
      <p>Make one: <code>npm run -s avow -- key create --site DOMAIN</code></p>
    </section>`;
}

function sitesTable(sites: SettingsModel["sites"]): Html {
  return html`<table class="list wide">
    <thead>
      <tr>
        <th scope="col">site</th>
        <th scope="col">notice</th>
        <th scope="col">time zone</th>
        <th scope="col">statistics</th>
      </tr>
    </thead>
    <tbody>
      ${sites.map(({ domain, notice, timeZone, isPublic }) => {
        const [state, other, verb] = isPublic
          ? ["public", "private", "Make private"]
          : ["private", "public", "Make public"];
        return html`<tr>
          <th scope="row"><a href="/stats/${encodeURIComponent(domain)}">${domain}</a></th>
          <td><a href="/notices/${notice}">${notice}</a></td>
          <td>${timeZone}</td>
          <td>
            ${state}
            <form method="post" action="/sites/${encodeURIComponent(domain)}/visibility">
              <input type="hidden" name="visibility" value="${other}" /><button class="word">
                ${verb}<span class="unseen">: ${domain}</span>
              </button>
            </form>
          </td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function keysTable(keys: SettingsModel["keys"]): Html {
  return html`<table class="list wide">
    <thead>
      <tr>
        <th scope="col">key</th>
        <th scope="col">site</th>
        <th scope="col">for</th>
        <th scope="col">made</th>
      </tr>
    </thead>
    <tbody>
      ${keys.map(
        ({ id, site, purposes, createdAtMs }) =>
          html`<tr>
            <th scope="row"><code>${id}</code></th>
            <td>${site}</td>
            <td>${purposes.join(", ")}</td>
            <td>${dateText(createdAtMs)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
