// Owns a part of a window, before the server has told it anew: the same data, cut to a stretch. Pure.
import type { Span } from "@/charts/span.ts";
import { within } from "@/state/records.ts";
import type { Shown } from "@/state/shown.ts";

/** Returns `shown` itself where the stretch is its own. */
export function narrowed(shown: Shown, { fromMs, toMs }: Span): Shown {
  if (shown.fromMs === fromMs && shown.toMs === toMs) return shown;
  const bucketMs = shown.bucketMs ?? 0;
  return {
    ...shown,
    fromMs,
    toMs,
    charges: within(shown.charges, fromMs, toMs),
    series: shown.series.map(({ model, points }) => ({
      model,
      points: points.filter(({ startMs }) => startMs + bucketMs > fromMs && startMs < toMs),
    })),
  };
}
