// Owns windows that the server summed: the charges that came since are added to them, as long as that is exact.
import type { Charge, ModelTotal, SumsAnswer } from "@/api/schemas.ts";
import type { Bucket, ModelSeries, Sums } from "@/state/model.ts";
import { merged } from "@/state/records.ts";

/** As many charges are kept beside the sums before they are asked for again, so that a page open for days stays small. */
const MOST_SINCE = 500;

export function sumsOf(answer: SumsAnswer, toMs: number | null): Sums {
  return {
    kind: "sums",
    fromMs: answer.from,
    toMs,
    bucketMs: answer.bucketSeconds * 1000,
    series: answer.series,
    totals: answer.models,
    newestMs: Math.max(0, ...answer.models.map((total) => total.latestMs)),
    since: [],
    outdated: false,
  };
}

/**
 * Returns the sums with `incoming` added. A charge newer than all that was summed cannot be in the sums; one that is
 * not newer may be, or may correct one that is, so the sums are outdated then.
 */
export function withCharges(sums: Sums, incoming: readonly Charge[]): Sums {
  const inside = incoming.filter(
    ({ createdMs }) => createdMs >= sums.fromMs && (sums.toMs === null || createdMs < sums.toMs),
  );
  if (inside.length === 0) return sums;
  const since = merged(
    sums.since,
    inside.filter((charge) => charge.createdMs > sums.newestMs),
    sums.fromMs,
  );
  const outdated = since.length > MOST_SINCE || inside.some((charge) => charge.createdMs <= sums.newestMs);
  return { ...sums, since, outdated: sums.outdated || outdated };
}

/** Returns the series with what came since in buckets of the same width, laid on from the newest bucket. */
export function seriesOf(sums: Sums): readonly ModelSeries[] {
  if (sums.since.length === 0) return sums.series;
  const anchorMs = Math.max(...sums.series.map(({ points }) => points.at(-1)?.startMs ?? sums.fromMs), sums.fromMs);
  const added = new Map<string, Map<number, Bucket>>();
  for (const { model, createdMs, micros } of sums.since) {
    const startMs = anchorMs + Math.floor((createdMs - anchorMs) / sums.bucketMs) * sums.bucketMs;
    const buckets = added.get(model) ?? new Map<number, Bucket>();
    const bucket = buckets.get(startMs) ?? { startMs, micros: 0, requests: 0 };
    buckets.set(startMs, { startMs, micros: bucket.micros + micros, requests: bucket.requests + 1 });
    added.set(model, buckets);
  }
  const known = sums.series.map(({ model, points }) => {
    const more = added.get(model);
    added.delete(model);
    return more ? { model, points: joined(points, more) } : { model, points };
  });
  return [...known, ...[...added].map(([model, more]) => ({ model, points: joined([], more) }))];
}

/** Returns the sums of each model, what came since included. */
export function totalsOf(sums: Sums): readonly ModelTotal[] {
  if (sums.since.length === 0) return sums.totals;
  const totals = new Map(sums.totals.map((total) => [total.model, total]));
  for (const { model, micros, createdMs } of sums.since) {
    const total = totals.get(model) ?? { model, micros: 0, requests: 0, latestMs: 0 };
    totals.set(model, {
      model,
      micros: total.micros + micros,
      requests: total.requests + 1,
      latestMs: Math.max(total.latestMs, createdMs),
    });
  }
  return [...totals.values()];
}

function joined(points: readonly Bucket[], more: Map<number, Bucket>): readonly Bucket[] {
  const rest = new Map(more);
  const summed = points.map((point) => {
    const extra = rest.get(point.startMs);
    rest.delete(point.startMs);
    if (!extra) return point;
    return { ...point, micros: point.micros + extra.micros, requests: point.requests + extra.requests };
  });
  return [...summed, ...rest.values()].sort((one, other) => one.startMs - other.startMs);
}
