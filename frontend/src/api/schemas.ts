// Owns the shapes of everything that comes from the server; types are inferred from them. Names are the contract's.
//
// Amounts become whole millionths of a credit and times epoch milliseconds here, so that nothing further in has to
// parse or can drift.
import * as v from "valibot";

const micros = v.pipe(
  v.number(),
  v.finite(),
  v.transform((credits) => Math.round(credits * 1e6)),
);

const moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => Date.parse(text)),
);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const ChargeSchema = v.pipe(
  v.object({
    id: v.pipe(v.number(), v.safeInteger()),
    model: v.string(),
    creditsUsed: micros,
    createdAt: moment,
    time: v.string(),
  }),
  v.transform(({ id, model, creditsUsed, createdAt, time }) => ({
    id,
    model,
    micros: creditsUsed,
    createdMs: createdAt,
    time,
  })),
);

const GapSchema = v.pipe(
  v.object({ from: moment, to: moment }),
  v.transform(({ from, to }) => ({ fromMs: from, toMs: to })),
);

const TotalSchema = v.pipe(
  v.object({ model: v.string(), credits: micros, requests: count, latestAt: moment }),
  v.transform(({ model, credits, requests, latestAt }) => ({ model, micros: credits, requests, latestMs: latestAt })),
);

const PointSchema = v.pipe(
  v.tuple([v.number(), micros, count]),
  v.transform(([startMs, sum, requests]) => ({ startMs, micros: sum, requests })),
);

const windowEntries = {
  from: moment,
  to: moment,
  cursor: v.string(),
  models: v.array(TotalSchema),
  gaps: v.array(GapSchema),
};

export const RecordsSchema = v.object({ ...windowEntries, records: v.array(ChargeSchema) });

export const SumsSchema = v.object({
  ...windowEntries,
  bucketSeconds: count,
  series: v.array(v.object({ model: v.string(), points: v.array(PointSchema) })),
});

export const CookieSchema = v.object({
  present: v.boolean(),
  valid: v.nullable(v.boolean()),
  checkedAt: v.nullable(moment),
  names: v.array(v.string()),
});

export const TaskSchema = v.object({
  enabled: v.boolean(),
  state: v.picklist(["off", "polling", "retrying", "cookie_missing", "cookie_invalid"]),
  lastPollAt: v.nullable(moment),
  lastSuccessAt: v.nullable(moment),
  nextPollAt: v.nullable(moment),
  failures: count,
  error: v.nullable(v.object({ code: v.string(), detail: v.string(), at: moment })),
});

export const StatusSchema = v.object({
  version: v.string(),
  demo: v.boolean(),
  task: TaskSchema,
  cookie: CookieSchema,
  usage: v.object({
    records: count,
    cursor: v.string(),
    latest: v.nullable(ChargeSchema),
    gaps: v.array(GapSchema),
  }),
});

export const ConfigSchema = v.object({
  intervalSeconds: count,
  rangeMinutes: count,
  cookieCheckMinutes: count,
  timeZone: v.string(),
  locale: v.picklist(["auto", "zh-CN", "en"]),
  theme: v.picklist(["system", "light", "dark"]),
  chartMode: v.picklist(["requests", "rate", "cumulative"]),
  hiddenModels: v.array(v.string()),
  retentionDays: v.nullable(count),
});

export const UsageEventSchema = v.object({ reset: v.boolean(), records: v.array(ChargeSchema) });

export const RefreshSchema = v.object({ fetched: count, matched: count, new: count, polledAt: moment });

export const SessionSchema = v.object({ required: v.boolean() });

export const ProblemSchema = v.object({
  status: count,
  code: v.string(),
  title: v.string(),
  detail: v.string(),
  field: v.optional(v.string()),
});

export type Charge = v.InferOutput<typeof ChargeSchema>;
export type Gap = v.InferOutput<typeof GapSchema>;
export type ModelTotal = v.InferOutput<typeof TotalSchema>;
export type RecordsAnswer = v.InferOutput<typeof RecordsSchema>;
export type SumsAnswer = v.InferOutput<typeof SumsSchema>;
export type Cookie = v.InferOutput<typeof CookieSchema>;
export type Task = v.InferOutput<typeof TaskSchema>;
export type Status = v.InferOutput<typeof StatusSchema>;
export type Config = v.InferOutput<typeof ConfigSchema>;
export type ChartMode = Config["chartMode"];
export type RefreshAnswer = v.InferOutput<typeof RefreshSchema>;
