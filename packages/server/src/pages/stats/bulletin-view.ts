// The bulletin: opens with a sentence, five figures in a line, one chart, tables, and at the foot what cannot be known here.
import { html } from "hono/html";
import {
  bandText,
  countText,
  dateText,
  durationText,
  listText,
  momentText,
  numberText,
  shortHash,
} from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import type { BulletinModel, Figures } from "./bulletin-model.ts";
import { chartView } from "./chart-view.ts";
import { addressOf, singular, tableName, valueText, withQuery } from "./filters.ts";
import { notKeptWords } from "../../query/not-kept-words.ts";
import type { NotKeptModel } from "./not-kept.ts";
import type { NotUsedModel } from "./not-used.ts";
import { periodKeys, periodNames } from "./period.ts";
import { tablesView } from "./tables-view.ts";

export function bulletinView(model: BulletinModel): Html {
  return html`<h1>${model.site}</h1>
    <p class="sentence">${openingSentence(model)}${filterWords(model)}</p>
    ${presentView(model)} ${periodsView(model)}
    ${model.figures === undefined || model.isEmpty ? "" : figuresView(model.figures, model.previous)}
    ${model.chart === undefined || model.isEmpty ? "" : chartView(model.chart, model.period.before)}
    ${model.isEmpty ? emptyView(model) : tablesView(model)} ${knowableView(model)}`;
}

/** `In the last 7 days example.org had 48,200 visits, 6 % more than in the 7 days before.` */
export function openingSentence(model: BulletinModel): string {
  const { figures, previous, period, site, least } = model;
  const subject = `${period.opening} ${site} had`;
  if (model.isEmpty) return `${subject} no visits.`;
  if (figures === undefined) return `${subject} fewer than ${least} visitors on every day, too few to be shown.`;
  return `${subject} ${countText(figures.visits, "visit")}${comparison(figures.visits, previous?.visits, period.before)}.${leftOut(model)}`;
}

function comparison(now: number, was: number | undefined, before: string): string {
  if (was === undefined || was === 0) return "";
  const than = before === "yesterday" ? "yesterday" : `in ${before}`;
  const percent = Math.round(((now - was) / was) * 100);
  if (percent === 0) return `, as many as ${than}`;
  return `, ${numberText(Math.abs(percent))} % ${percent > 0 ? "more" : "fewer"} than ${than}`;
}

function leftOut({ leftOutDays, least, isInSteps }: BulletinModel): string {
  const today = isInSteps ? ` Today's figures move on by groups of at least ${least} visitors.` : "";
  if (leftOutDays === 0) return today;
  return `${today} ${leftOutDays === 1 ? "One day" : `${numberText(leftOutDays)} days`} with fewer than ${least} visitors ${leftOutDays === 1 ? "is" : "are"} left out.`;
}

function filterWords({ filters, path, query }: BulletinModel): Html | string {
  if (filters.length === 0) return "";
  return html` Only visits with
  ${filters.map(
    ({ dimension, value }, index) =>
      html`${index === 0 ? "" : " and "}<a
          class="remove"
          href="${addressOf(path, query, { [dimension]: undefined })}"
          aria-label="Remove the filter ${singular(dimension)} ${valueText(dimension, value)}"
          >${singular(dimension)} ${valueText(dimension, value)}</a
        >`,
  )}
  are counted here.`;
}

/** To look again is a click: a page that loads itself anew takes the place of whoever reads it. */
function presentView({ present, path, query }: BulletinModel): Html | string {
  if (present === undefined) return "";
  const who = present === 0 ? "Nobody was" : countText(present, "visitor was", "visitors were");
  return html`<p class="small">
    ${who} here in the last half hour. <a class="no-print" href="${addressOf(path, query, {})}">Look again</a>
  </p>`;
}

function periodsView({ path, query, period, filters }: BulletinModel): Html {
  return html`<nav class="periods" aria-label="Period">
    <ul>
      ${periodKeys
        .filter((key) => key !== "custom")
        .map(
          (key) =>
            html`<li>
              <a
                href="${addressOf(path, query, { period: key, from: undefined, to: undefined })}"
                ${key === period.key ? html` aria-current="true"` : ""}
                >${periodNames[key]}</a
              >
            </li>`,
        )}
    </ul>
    <form method="get" action="${path}">
      <input type="hidden" name="period" value="custom" />${filters.map(
        ({ dimension, value }) => html`<input type="hidden" name="${dimension}" value="${value}" />`,
      )}<label>from <input type="date" name="from" required value="${period.firstDay}" /></label>
      <label>to <input type="date" name="to" required value="${period.lastDay}" /></label> <button>Show</button>
    </form>
  </nav>`;
}

function figuresView(now: Figures, was: Figures | undefined): Html {
  const pairs: readonly (readonly [string, string, string])[] = [
    ["visitors", numberText(now.visitors), changeText(now.visitors, was?.visitors)],
    ["visits", numberText(now.visits), changeText(now.visits, was?.visits)],
    ["page views", numberText(now.pageviews), changeText(now.pageviews, was?.pageviews)],
    ["bounce rate", now.bounceRate === null ? "–" : `${now.bounceRate} %`, ""],
    ...(now.duration === undefined
      ? []
      : [["visit duration", now.duration === null ? "–" : durationText(now.duration), ""] as const]),
  ];
  return html`<dl class="figures">
    ${pairs.map(
      ([name, value, change]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}${change === "" ? "" : html` <span class="change">${change}</span>`}</dd>
        </div>`,
    )}
  </dl>`;
}

function changeText(now: number, was: number | undefined): string {
  if (was === undefined || was === 0) return "";
  const percent = Math.round(((now - was) / was) * 100);
  return percent === 0 ? "±0 %" : `${percent > 0 ? "+" : "−"}${numberText(Math.abs(percent))} %`;
}

function emptyView({ reader, site, scriptUrl, drops }: BulletinModel): Html {
  if (reader === "public") return html`<p class="standing">Nothing was measured in this period.</p>`;
  return html`<section aria-labelledby="paste">
    <h2 id="paste" class="standing">Nothing arrived yet</h2>
    <p class="sentence">Put this line into the head of every page of ${site}:</p>
    <pre class="check">${`<script defer data-domain="${site}" src="${scriptUrl}"></script>`}</pre>
    ${
      drops.length === 0
        ? html`<p class="sentence">Nothing was turned away under its notice either.</p>`
        : html`<p class="sentence">Turned away under its notice, latest first:</p>
            <ul>
              ${drops.map(({ reason, lastAtMs }) => html`<li>${reason}, ${momentText(lastAtMs)}</li>`)}
            </ul>`
    }
  </section>`;
}

/** Exact counts are the owner's; anybody else is told how many about. */
function notUsedView({ version, rows, tables }: NotUsedModel, reader: BulletinModel["reader"]): Html {
  const count = reader === "owner" ? numberText(rows) : bandText(rows);
  const rowsText = `${count} ${rows === 1 && reader === "owner" ? "row is" : "rows are"}`;
  const what = tables.length === 0 ? "these figures" : listText(tables.map((table) => tableName(table).toLowerCase()));
  return html`<p>
    ${rowsText} held under version <abbr title="${version}">${shortHash(version)}</abbr> and not used for ${what}: what
    was collected keeps the protection it was collected under.
  </p>`;
}

function notKeptView({ reason, days, tables }: NotKeptModel): Html {
  const [first = "", last = first] = [days[0], days.at(-1)];
  const [from, to] = [first, last].map((day) => dateText(Date.parse(day)));
  const which = first === last ? from : `${numberText(days.length)} days from ${from} to ${to}`;
  const where = tables.length === 0 ? "these figures" : listText(tables.map((table) => tableName(table).toLowerCase()));
  return html`<p>Not in ${where}: ${which}, because ${notKeptWords[reason]}.</p>`;
}

function knowableView(model: BulletinModel): Html {
  const { undeclared, notice, reader, least, isPublic, timeZone } = model;
  const names = undeclared.map((dimension) => tableName(dimension).toLowerCase());
  return html`<div class="knowable">
    <p>
      Not knowable here: who came back another
      day.${names.length === 0 ? "" : ` The notice does not collect: ${listText(names)}.`}
    </p>
    ${model.notUsed.map((unused) => notUsedView(unused, reader))} ${model.notKept.map(notKeptView)}
    ${
      reader === "public"
        ? html`<p>
            Each day is counted by itself; days and groups with fewer than ${least} visitors are not shown. Filters are
            the owner's: two properties together could single somebody out.
          </p>`
        : html`<p>
            You see exact counts because you are the owner.
            ${isPublic ? `Everybody else sees this page with groups under ${least} folded.` : "Nobody else sees this page."}
          </p>`
    }
    ${
      model.isEmpty || model.figures === undefined
        ? ""
        : html`<p class="no-print">
            <a href="${withQuery(`${model.path}/bulletin.csv`, model.query)}" download
              >Take these figures with you (CSV)</a
            >
          </p>`
    }
    <p>
      Counted under <a href="/notices/${notice.id}">${notice.title}</a>, version
      <abbr title="${notice.version}">${shortHash(notice.version)}</abbr>. Days are those of ${timeZone}.
    </p>
  </div>`;
}
