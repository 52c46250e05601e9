// The bulletin's one chart, drawn on the server: a 1.5 px ink line, the previous period dotted, three ticks, 220 px high.
import { html } from "hono/html";
import { numberText } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import type { ChartModel } from "./bulletin-model.ts";

/** Pixels of the drawing: the plot, and below it the labels. */
const plot = { top: 18, height: 174 } as const;
const scale = 1000;

export function chartView(chart: ChartModel, before: string): Html {
  const values = chart.points.map(({ visitors }) => visitors);
  const most = roundUp(Math.max(1, ...values.map(Number), ...chart.before.map(Number)));
  const hasBefore = chart.before.some((value) => value !== null && value > 0);
  const width = Math.max(chart.points.length, 2) - 1;
  return html`<figure class="chart">
    <svg role="img" aria-labelledby="chart-title chart-desc" width="100%" height="220">
      <title id="chart-title">Visitors by ${unit(chart.bucket)}</title>
      <desc id="chart-desc">${describe(chart)}</desc>
      ${[0, 0.5, 1].map((part) => tick(part, most))}
      <svg
        y="${plot.top}"
        width="100%"
        height="${plot.height}"
        viewBox="0 0 ${scale} ${scale}"
        preserveAspectRatio="none"
        overflow="visible"
        aria-hidden="true"
      >
        ${hasBefore ? html`<path class="before" d="${pathOf(chart.before.slice(0, chart.points.length), width, most)}" />` : ""}
        <path class="line" d="${pathOf(values, width, most)}" />
      </svg>
      ${lonePoints(values, width, most)} ${axisLabels(chart)}
    </svg>
    <figcaption>
      <span><span class="key" aria-hidden="true"></span>visitors by ${unit(chart.bucket)}</span>${
        hasBefore ? html`<span><span class="key was" aria-hidden="true"></span>${before}</span>` : ""
      }
      <details class="no-print">
        <summary>The same as a table</summary>
        ${tableView(chart, hasBefore, before)}
      </details>
    </figcaption>
  </figure>`;
}

function tick(part: number, most: number): Html {
  const y = plot.top + plot.height * (1 - part);
  return html`<line class="rule" x1="0" x2="100%" y1="${y}" y2="${y}" /><text x="0" y="${y - 5}" aria-hidden="true"
      >${part === 0 ? "" : numberText(most * part)}</text
    >`;
}

/** A line with gaps where there is no value. */
export function pathOf(values: readonly (number | null)[], width: number, most: number): string {
  let isDown = false;
  const parts: string[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isDown = false;
      continue;
    }
    const x = Math.round((index / width) * scale * 10) / 10;
    const y = Math.round((1 - value / most) * scale * 10) / 10;
    parts.push(`${isDown ? "L" : "M"}${x} ${y}`);
    isDown = true;
  }
  return parts.join("");
}

/** A value between two gaps is no line: it is drawn as a dot. */
function lonePoints(values: readonly (number | null)[], width: number, most: number): readonly Html[] {
  return values.flatMap((value, index) => {
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if (value === null || !isAlone) return [];
    return [
      html`<circle
        class="dot"
        r="2.5"
        cx="${(index / width) * 100}%"
        cy="${plot.top + plot.height * (1 - value / most)}"
      />`,
    ];
  });
}

function axisLabels({ points, bucket }: ChartModel): readonly Html[] {
  const middle = Math.floor((points.length - 1) / 2);
  const picked = [...new Set([0, middle, points.length - 1])];
  return picked.map((index, place) => {
    const anchor = place === 0 ? "start" : place === picked.length - 1 ? "end" : "middle";
    const x = points.length === 1 ? 0 : (index / (points.length - 1)) * 100;
    return html`<text x="${x}%" y="213" text-anchor="${anchor}" aria-hidden="true"
      >${labelText(points[index]?.label ?? "", bucket)}</text
    >`;
  });
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });
const monthFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short", year: "numeric" });

export function labelText(label: string, bucket: ChartModel["bucket"]): string {
  if (bucket === "time:hour") return label.slice(11, 16);
  const day = new Date(`${label}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return label;
  return (bucket === "time:day" ? dayFormat : monthFormat).format(day);
}

function unit(bucket: ChartModel["bucket"]): string {
  return bucket.slice("time:".length);
}

function describe({ points, bucket }: ChartModel): string {
  const known = points.filter(({ visitors }) => visitors !== null);
  const highest = known.toSorted((a, b) => (b.visitors ?? 0) - (a.visitors ?? 0))[0];
  if (highest === undefined) return "No values to show.";
  return `${points.length} values; the highest is ${numberText(highest.visitors ?? 0)} visitors (${labelText(highest.label, bucket)}). The table below has them all.`;
}

function tableView({ points, before, bucket }: ChartModel, hasBefore: boolean, was: string): Html {
  return html`<table class="values">
    <thead>
      <tr>
        <th scope="col">${unit(bucket)}</th>
        <th scope="col" class="n">visitors</th>
        ${hasBefore ? html`<th scope="col" class="n">${was}</th>` : ""}
      </tr>
    </thead>
    <tbody>
      ${points.map(
        ({ label, visitors }, index) =>
          html`<tr>
            <th scope="row">${labelText(label, bucket)}</th>
            <td class="n">${valueText(visitors)}</td>
            ${hasBefore ? html`<td class="n">${valueText(before[index] ?? null)}</td>` : ""}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function valueText(value: number | null): string {
  return value === null ? "–" : numberText(value);
}

/** The next round number whose half is whole and readable too. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const steps = power >= 10 ? [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10] : [2, 4, 6, 8, 10];
  return (steps.find((each) => each * power >= value) ?? 10) * power;
}
