// Owns drawings and frames for tests, from charges told in short.
import type { Charge, ChartMode, Gap } from "@/api/schemas.ts";
import { type Frame, frameOf } from "@/charts/frame.ts";
import { type Drawing, drawingOf } from "@/charts/lines.ts";
import type { ModelFigures } from "@/state/shown.ts";

export interface Told {
  mode?: ChartMode;
  fromMs?: number;
  toMs?: number;
  gaps?: readonly Gap[];
  knownUntilMs?: number;
}

export function drawingFor(charges: readonly [ms: number, micros: number, model?: string][], told: Told = {}): Drawing {
  const { mode = "requests", fromMs = 0, toMs = 1_000_000, gaps = [], knownUntilMs = Infinity } = told;
  const known: Charge[] = charges.map(([createdMs, micros, model = "opus"], id) => ({
    id,
    model,
    micros,
    createdMs,
    time: "",
  }));
  const totals = new Map<string, ModelFigures>();
  for (const { model, createdMs } of known) {
    totals.set(model, { model, micros: 0, requests: 0, largestMicros: 0, latestMs: createdMs });
  }
  const window = { fromMs, toMs, charges: known, bucketMs: null, series: [], totals: [...totals.values()], gaps };
  return drawingOf(window, mode, [], "UTC", knownUntilMs);
}

/** A plot of 1000 px, so that a pixel is a second where nothing else is told. */
export function frameFor(charges: readonly [ms: number, micros: number, model?: string][], told: Told = {}): Frame {
  const drawing = drawingFor(charges, told);
  const frameIn = (width: number) => frameOf(drawing, { width, height: 340 }, "UTC", "en");
  const { plot } = frameIn(1000);
  return frameIn(1000 + plot.left + plot.width - plot.right);
}
