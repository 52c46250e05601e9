// The bulletin's tables: each heading carries its clause, each row a rule as long as its share, and for the owner a filter.
import { html } from "hono/html";
import { numberText } from "../frame/format.ts";
import type { Html } from "../frame/html.ts";
import type { BulletinModel, TableModel } from "./bulletin-model.ts";
import { addressOf, tableName, valueText } from "./filters.ts";

export function tablesView(model: BulletinModel): Html {
  const { tables } = model;
  return html`<div class="tables">${tables.map((table) => tableView(table, model))}</div>`;
}

function tableView(table: TableModel, model: BulletinModel): Html {
  const { dimension, clause, rows, other, more } = table;
  return html`<table>
    <caption>
      ${tableName(dimension)}
      <a class="clause-link" href="/notices/${model.notice.id}#${clause}"
        ><span class="unseen">by clause </span>§ ${clause}</a
      >
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">${tableName(dimension)}</th>
        <th scope="col">visitors</th>
        <th scope="col">share</th>
      </tr>
    </thead>
    <tbody>
      ${
        rows.length === 0 && other === 0
          ? html`<tr class="other">
              <th scope="row" colspan="3">nothing to show</th>
            </tr>`
          : ""
      }
      ${rows.map(
        (row) =>
          html`<tr>
              <th scope="row">${rowLabel(table, row.value, model)}</th>
              <td class="n">${numberText(row.visitors)}</td>
              <td class="n share">${percentText(row.share)}</td>
            </tr>
            <tr aria-hidden="true">
              <td class="rule" colspan="3">
                <svg class="bar" width="100%" height="2">
                  <rect width="${Math.round(row.share * 1000) / 10}%" height="2" />
                </svg>
              </td>
            </tr> `,
      )}
      ${
        other === 0
          ? ""
          : html`<tr class="other">
              <th scope="row">other (groups under ${model.least})</th>
              <td class="n">${numberText(other)}</td>
              <td class="n share"></td>
            </tr>`
      }
      ${
        more === 0
          ? ""
          : html`<tr class="other">
              <th scope="row">and ${numberText(more)} more</th>
              <td class="n"></td>
              <td class="n share"></td>
            </tr>`
      }
    </tbody>
  </table> `;
}

function rowLabel({ dimension }: TableModel, value: string, { reader, path, query, filters }: BulletinModel): Html {
  const text = valueText(dimension, value);
  const isSet = filters.some((filter) => filter.dimension === dimension && filter.value === value);
  if (reader !== "owner" || isSet) return html`${text}`;
  return html`<a href="${addressOf(path, query, { [dimension]: value })}">${text}</a>`;
}

function percentText(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? "< 1 %" : `${Math.round(percent)} %`;
}
