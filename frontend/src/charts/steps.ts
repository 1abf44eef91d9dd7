// Owns where the crosshair goes by keyboard: from one place with something to tell to the next. Pure.
import type { Frame } from "@/charts/frame.ts";
import { msPerPx } from "@/charts/plot.ts";

export type Step = "previous" | "next" | "first" | "last";

/** Returns the moment to tell of next, or null where there is none. `fromMs` is where the crosshair stands now. */
export function steppedTo(frame: Frame, fromMs: number | null, step: Step): number | null {
  const stops = stopsOf(frame);
  if (step === "first" || (fromMs === null && step === "next")) return stops[0] ?? null;
  if (step === "last" || fromMs === null) return stops.at(-1) ?? null;
  const perPx = msPerPx(frame.plot);
  // What shares a pixel is told together, so that a step always goes somewhere else.
  if (step === "next") return stops.find((ms) => ms >= fromMs + perPx) ?? stops.at(-1) ?? null;
  return stops.findLast((ms) => ms <= fromMs - perPx) ?? stops[0] ?? null;
}

function stopsOf({ drawing }: Frame): readonly number[] {
  if (drawing.mode === "rate") {
    return drawing.edges.slice(0, -1).map((edge, index) => (edge + (drawing.edges[index + 1] ?? edge)) / 2);
  }
  const moments = drawing.lines.flatMap(({ points }) => points.flatMap((point) => (point ? [point.ms] : [])));
  return [...new Set(moments)].sort((one, other) => one - other);
}
