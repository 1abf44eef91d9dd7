// Owns all that one picture of the chart is made of, in the order of the work: plot, paths, marks, ticks. Pure.
import { amountAxis } from "@/charts/amountTicks.ts";
import { crisp } from "@/charts/crisp.ts";
import { countPoints, type Drawing } from "@/charts/lines.ts";
import { areDotted, marksOn } from "@/charts/marks.ts";
import { pathsOf } from "@/charts/paths.ts";
import {
  MARGIN_RIGHT_PX,
  microsPerPx,
  msPerPx,
  PLOT_HEIGHT_LESS_PX,
  type Plot,
  plotOf,
  type Size,
} from "@/charts/plot.ts";
import { textPx } from "@/charts/text.ts";
import { COLUMN_PX, thinned } from "@/charts/thin.ts";
import { type TimeTick, timeTicks } from "@/charts/timeTicks.ts";
import { formatCompact } from "@/lib/format.ts";

export interface Trace {
  model: string;
  solid: Float64Array;
  uncertain: Float64Array;
  marks: Float64Array;
}

export interface AmountTick {
  micros: number;
  label: string;
}

export interface Frame {
  drawing: Drawing;
  plot: Plot;
  traces: readonly Trace[];
  timeTicks: readonly TimeTick[];
  amountTicks: readonly AmountTick[];
  /** Whether every point has a mark. */
  isDotted: boolean;
  /** How many vertices are drawn: many are drawn thinly. */
  vertexCount: number;
}

export function frameOf(drawing: Drawing, size: Size, zone: string, locale: string): Frame {
  const { span } = drawing;
  const paths = drawing.lines.map((line) => ({ model: line.model, ...pathsOf(drawing, line) }));
  const highest = Math.max(0, ...paths.map(({ solid, uncertain }) => Math.max(highestOf(solid), highestOf(uncertain))));
  const axis = amountAxis(highest, size.height - PLOT_HEIGHT_LESS_PX);
  const ticks = axis.ticks.map((micros) => ({ micros, label: formatCompact(micros, locale) }));
  const labelPx = Math.max(...ticks.map((tick) => textPx(tick.label)));
  const plot = plotOf(size, span, axis.topMicros, labelPx);
  const isDotted = areDotted(drawing, countPoints(drawing));
  const traces = paths.map(({ model, solid, uncertain }) => {
    const thin = thinned(solid, span.fromMs, COLUMN_PX * msPerPx(plot));
    return {
      model,
      solid: drawing.mode === "requests" ? thin : crisp(thin, msPerPx(plot), microsPerPx(plot)),
      uncertain: thinned(uncertain, span.fromMs, COLUMN_PX * msPerPx(plot)),
      marks: marksOn(thin, isDotted, span.fromMs, msPerPx(plot)),
    };
  });
  return {
    drawing,
    plot,
    traces,
    timeTicks: timeTicks(span, zone, plot.right - plot.left, MARGIN_RIGHT_PX),
    amountTicks: ticks,
    isDotted,
    vertexCount: traces.reduce((sum, trace) => sum + trace.solid.length / 2, 0),
  };
}

function highestOf(path: Float64Array): number {
  let highest = 0;
  for (let at = 1; at < path.length; at += 2) highest = Math.max(highest, path[at] || 0);
  return highest;
}
