// Owns which charges have just come, for the eye to be led to. Pure.
import type { Frame } from "@/charts/frame.ts";
import { xOf, yOf } from "@/charts/plot.ts";
import type { ModelFigures } from "@/state/shown.ts";

export interface Arrival {
  model: string;
  ms: number;
}

type Latest = Pick<ModelFigures, "model" | "latestMs">;

/** Returns the newest charge of each model that has one it did not have before. */
export function arrivals(before: readonly Latest[], after: readonly Latest[]): readonly Arrival[] {
  const known = new Map(before.map(({ model, latestMs }) => [model, latestMs]));
  return after
    .filter(({ model, latestMs }) => latestMs > (known.get(model) ?? -Infinity))
    .map(({ model, latestMs }) => ({ model, ms: latestMs }));
}

/** Returns where the line of the model passes at that moment; null where it is not drawn there. */
export function placeOn({ drawing, plot }: Frame, { model, ms }: Arrival): { x: number; y: number } | null {
  const line = drawing.lines.find((one) => one.model === model);
  // The running sum ends with it; else the charge itself, or the bucket that it fell into.
  const point =
    drawing.mode === "cumulative" ? line?.points.at(-1) : line?.points.findLast((one) => one && one.ms <= ms);
  if (!point || ms < drawing.span.fromMs || ms > drawing.span.toMs) return null;
  return { x: xOf(plot, drawing.mode === "rate" ? ms : point.ms), y: yOf(plot, point.micros) };
}
