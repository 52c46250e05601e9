// Every site of the owner at a glance: visitors of the period, the change, and a line drawn to its own height.
import { html } from "hono/html";
import { countText, numberText } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import { type Period, periodKeys, periodNames } from "./period.ts";

export interface SiteAtGlance {
  readonly domain: string;
  readonly visitors: number;
  /** Of the period before; undefined where there is nothing to compare with. */
  readonly before?: number;
  /** Visitors of each day or hour of the period. */
  readonly series: readonly number[];
}

export function sitesView(sites: readonly SiteAtGlance[], period: Period): Html {
  const all = sites.reduce((sum, { visitors }) => sum + visitors, 0);
  return html`<h1>Sites</h1>
    <p class="sentence">
      ${period.opening} ${countText(sites.length, "site")} had ${countText(all, "visitor")}; who was on several is
      counted on each.
    </p>
    <nav class="periods" aria-label="Period">
      <ul>
        ${periodKeys
          .filter((key) => key !== "custom")
          .map(
            (key) =>
              html`<li>
                <a href="/stats?period=${key}" ${key === period.key ? html` aria-current="true"` : ""}
                  >${periodNames[key]}</a
                >
              </li>`,
          )}
      </ul>
    </nav>
    ${
      sites.length === 0
        ? html`<p class="standing">
            No site is measured yet. Add one: <code>npm run -s avow -- site add DOMAIN --notice ID</code>
          </p>`
        : html`<table class="sites">
            <caption class="unseen">
              Visitors by site
            </caption>
            <thead class="unseen">
              <tr>
                <th scope="col">site</th>
                <th scope="col">course</th>
                <th scope="col">visitors</th>
                <th scope="col">change</th>
              </tr>
            </thead>
            <tbody>
              ${sites.map((site) => siteRow(site, period))}
            </tbody>
          </table>`
    }`;
}

function siteRow({ domain, visitors, before, series }: SiteAtGlance, { key }: Period): Html {
  return html`<tr>
    <th scope="row"><a href="/stats/${encodeURIComponent(domain)}?period=${key}">${domain}</a></th>
    <td aria-hidden="true">${courseView(series)}</td>
    <td class="n">${numberText(visitors)}</td>
    <td class="n">${changeText(visitors, before)}</td>
  </tr>`;
}

const [width, height] = [120, 24];

/** An ink line, 1.5 px, from nothing to the site's own highest. */
function courseView(series: readonly number[]): Html | string {
  const most = Math.max(...series, 1);
  const step = width / Math.max(1, series.length - 1);
  const points = series.map(
    (value, index) => `${round(index * step)},${round(height - 1 - (value / most) * (height - 2))}`,
  );
  if (points.length < 2) return "";
  return html`<svg class="course" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    <polyline points="${points.join(" ")}" fill="none" stroke="currentColor" stroke-width="1.5" />
  </svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function changeText(now: number, was: number | undefined): string {
  if (was === undefined || was === 0) return "";
  const percent = Math.round(((now - was) / was) * 100);
  return percent === 0 ? "±0 %" : `${percent > 0 ? "+" : "−"}${numberText(Math.abs(percent))} %`;
}
