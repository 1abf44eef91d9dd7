// Owns how a reading is put into words: its time, its sum, and all of it as a sentence for those who listen.
import type { TFunction } from "i18next";
import type { ChartMode } from "@/api/schemas.ts";
import type { Reading } from "@/charts/reading.ts";
import { formatCredits, formatMoment, formatStretch, modelNames } from "@/lib/format.ts";

type Translate = TFunction<"chart">;

export function readingSum({ rows }: Reading): { micros: number; requests: number } {
  return rows.reduce(
    (sum, { micros, requests }) => ({ micros: sum.micros + micros, requests: sum.requests + requests }),
    { micros: 0, requests: 0 },
  );
}

/** A running sum is told as what it stands at. */
export function readingTime({ span }: Reading, mode: ChartMode, zone: string, t: Translate): string {
  const { fromMs, toMs } = span;
  const time = toMs > fromMs ? formatStretch(fromMs, toMs, zone) : formatMoment(fromMs, zone);
  return mode === "cumulative" ? t("until", { time }) : time;
}

/** One sentence: the time, each model that was charged then, the sum. */
export function readingSentence(reading: Reading, mode: ChartMode, zone: string, t: Translate): string {
  const time = readingTime(reading, mode, zone, t);
  const charged = reading.rows.filter((row) => row.requests > 0);
  const names = modelNames(charged.map((row) => row.model));
  const parts = charged.map(({ model, micros }) =>
    t("saidModel", { model: names.get(model) ?? model, credits: formatCredits(micros) }),
  );
  if (parts.length > 1) parts.push(t("saidSum", { credits: formatCredits(readingSum(reading).micros) }));
  if (reading.isUnknown) parts.push(t(parts.length > 0 ? "atLeast" : "nothingKnown"));
  if (parts.length === 0) parts.push(t("saidNothing"));
  return [time, ...parts].join(t("saidJoin"));
}
