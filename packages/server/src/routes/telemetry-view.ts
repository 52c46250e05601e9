// The page of a telemetry: a sentence, the counts, then every event and field with who answers for it.
import type { CountedDay, CountedEvent } from "@avow/collect";
import { html } from "hono/html";
import { countText, linkOf, listText, numberText } from "../pages/frame/format.ts";
import type { Html } from "../pages/frame/html.ts";
import type { EventModel, FieldModel, TelemetryModel } from "./telemetry-model.ts";

export function telemetryView(model: TelemetryModel): Html {
  const { title, notice, feature, openDays, least } = model;
  return html`<h1>${title}</h1>
    <p class="sentence">
      ${countText(model.events.length, "kind")} of event, sent only by programs whose users said yes to
      <a href="/notices/${notice}#${feature}">${feature}</a>.
    </p>
    <p>
      A program sends one batch a day without any number of its own. A batch can be deleted for
      ${countText(openDays, "day")} by whoever sent it; then the day is counted, nothing below ${numberText(least)}
      batches is told, and the batches are gone.
    </p>
    <h2>What was counted</h2>
    ${countsView(model)}
    <h2>What is sent</h2>
    ${model.events.map(eventView)}
    <p class="no-print">
      The same as <a href="/telemetry/${model.telemetry}.json">JSON</a>. Receipts of deletions are signed with the key
      <code>${model.key}</code>.
    </p>`;
}

function countsView({ days, least, withheld, events }: TelemetryModel): Html {
  if (withheld !== undefined) return html`<p>The notice does not let counts be shown (${withheld}).</p>`;
  const [newest] = days;
  const oldest = days.at(-1);
  if (newest === undefined || oldest === undefined) {
    return html`<p>No day has been counted yet.</p>`;
  }
  const titles = new Map(events.map(({ id, title }) => [id, title]));
  const summed = sumDays(days);
  return html`<p>
      ${countText(days.length, "day")}, ${oldest.day} to ${newest.day}. A batch is one program's day; figures of fewer
      than ${numberText(least)} are not told.
    </p>
    ${summed.length === 0 ? html`<p>Nothing was told by enough programs.</p>` : ""}
    ${summed.map((each) => countedView(each, titles.get(each.event) ?? each.event))}`;
}

function countedView({ events, batches, sample, tables }: CountedEvent, title: string): Html {
  const sampled = sample < 1 ? `; programs keep ${numberText(Math.round(sample * 100))} in 100` : "";
  return html`<h3>${title}</h3>
    <p>${countText(events, "event")} in ${countText(batches, "batch", "batches")}${sampled}.</p>
    ${tables.map(
      ({ field, cells, other }) =>
        html`<table>
          <caption>
            By ${field}
          </caption>
          <thead>
            <tr>
              <th scope="col">${field}</th>
              <th scope="col">events</th>
              <th scope="col">batches</th>
            </tr>
          </thead>
          <tbody>
            ${cells.map(({ value, ...cell }) => rowView(value, cell))}
            ${other === undefined ? "" : rowView("other", other)}
          </tbody>
        </table>`,
    )}`;
}

function rowView(value: string, { events, batches }: { readonly events: number; readonly batches: number }): Html {
  return html`<tr>
    <th scope="row">${value}</th>
    <td class="n">${numberText(events)}</td>
    <td class="n">${numberText(batches)}</td>
  </tr>`;
}

function eventView(event: EventModel): Html {
  const { id, title, owner, purpose, expires, review, once, fields } = event;
  const often = once === undefined ? "" : `, the same once a ${once}`;
  return html`<h3>${title}</h3>
    <p><code>${id}</code></p>
    <p>
      ${owner} answers for it; for ${purpose}; until ${expires}${often}; reviewed at ${linkView(review)}. Its time is
      told to the ${event.time}.
    </p>
    ${
      fields.length === 0
        ? html`<p>It has no fields.</p>`
        : html`<table>
            <caption class="unseen">
              Fields of ${title}
            </caption>
            <thead>
              <tr>
                <th scope="col">field</th>
                <th scope="col">what it is</th>
                <th scope="col">needs a yes to</th>
                <th scope="col">until</th>
              </tr>
            </thead>
            <tbody>
              ${fields.map(fieldView)}
            </tbody>
          </table>`
    }`;
}

function fieldView({ path, means, data, categories, expires }: FieldModel): Html {
  return html`<tr>
    <th scope="row"><code>${path}</code></th>
    <td>${means ?? ""} (${data})</td>
    <td>${listText(categories)}</td>
    <td>${expires}</td>
  </tr>`;
}

function linkView(address: string): Html {
  const href = linkOf(address);
  return href === undefined ? html`${address}` : html`<a href="${href}">${address}</a>`;
}

/** Days added up: each figure is at least as large as its smallest day's, so none is below k. */
function sumDays(days: readonly CountedDay[]): readonly CountedEvent[] {
  const sums = new Map<string, CountedEvent>();
  for (const event of days.flatMap(({ events }) => events)) {
    const known = sums.get(event.event);
    sums.set(event.event, known === undefined ? event : addEvents(known, event));
  }
  return [...sums.values()];
}

function addEvents(one: CountedEvent, two: CountedEvent): CountedEvent {
  const fields = new Set([...one.tables, ...two.tables].map(({ field }) => field));
  return {
    ...one,
    events: one.events + two.events,
    batches: one.batches + two.batches,
    tables: [...fields].map((field) => {
      const tables = [one, two].map(({ tables: own }) => own.find((each) => each.field === field));
      const cells = new Map<string, { events: number; batches: number }>();
      for (const { value, events, batches } of tables.flatMap((each) => each?.cells ?? [])) {
        const known = cells.get(value) ?? { events: 0, batches: 0 };
        cells.set(value, { events: known.events + events, batches: known.batches + batches });
      }
      const others = tables.flatMap((each) => each?.other ?? []);
      const sorted = [...cells].toSorted(([, a], [, b]) => b.events - a.events);
      return {
        field,
        cells: sorted.map(([value, cell]) => ({ value, ...cell })),
        ...(others.length === 0
          ? {}
          : { other: others.reduce((a, b) => ({ events: a.events + b.events, batches: a.batches + b.batches })) }),
      };
    }),
  };
}
