// The JSON Schema of what `POST /api/v2/query` takes, made from the same lists that read it.
import { dateRangePresets } from "./date-range.ts";
import { filterLimits, filterOps, filterWords, visitOps } from "./read-filters.ts";
import { metricWords, queryLimits } from "./read-query.ts";
import { fixedWords } from "./words.ts";

const text = { type: "string" } as const;
const property = { type: "string", pattern: "^event:props:.+", maxLength: 312 } as const;
const oneOf = (words: readonly string[]): object => ({ anyOf: [{ enum: words }, property] });

const leaf = {
  type: "array",
  minItems: 3,
  maxItems: 4,
  prefixItems: [
    { enum: filterOps },
    oneOf(filterWords),
    { type: "array", minItems: 1, maxItems: filterLimits.values, items: { type: ["string", "number"] } },
    {
      type: "object",
      properties: { case_sensitive: { type: "boolean" } },
      required: ["case_sensitive"],
      additionalProperties: false,
    },
  ],
} as const;

const pairOf = (op: readonly string[], second: object): object => ({
  type: "array",
  minItems: 2,
  maxItems: 2,
  prefixItems: [{ enum: op }, second],
});

export const querySchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A question about one site",
  type: "object",
  required: ["site_id", "metrics", "date_range"],
  additionalProperties: false,
  properties: {
    site_id: text,
    metrics: { type: "array", minItems: 1, uniqueItems: true, items: { enum: metricWords } },
    date_range: {
      oneOf: [{ enum: dateRangePresets }, { type: "array", minItems: 2, maxItems: 2, items: text }],
    },
    dimensions: {
      type: "array",
      uniqueItems: true,
      maxItems: queryLimits.dimensions,
      items: oneOf([...fixedWords, "time"]),
    },
    filters: { type: "array", items: { $ref: "#/$defs/filter" } },
    order_by: {
      type: "array",
      items: {
        type: "array",
        minItems: 2,
        maxItems: 2,
        prefixItems: [oneOf([...metricWords, ...fixedWords, "time"]), { enum: ["asc", "desc"] }],
      },
    },
    include: {
      type: "object",
      additionalProperties: false,
      properties: { imports: { type: "boolean" }, time_labels: { type: "boolean" }, total_rows: { type: "boolean" } },
    },
    pagination: {
      type: "object",
      additionalProperties: false,
      properties: {
        limit: { type: "integer", minimum: 1, maximum: queryLimits.rows },
        offset: { type: "integer", minimum: 0, maximum: queryLimits.offset },
      },
    },
    purpose: { ...text, description: "Compared with the purposes of the key; never a way to gain one." },
  },
  $defs: {
    filter: {
      oneOf: [
        leaf,
        pairOf(["and", "or"], { type: "array", minItems: 1, items: { $ref: "#/$defs/filter" } }),
        pairOf(["not", ...visitOps], { $ref: "#/$defs/filter" }),
      ],
    },
  },
} as const;
