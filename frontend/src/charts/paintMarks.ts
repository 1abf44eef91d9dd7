// Owns how marks are painted: the shapes of the models at the places that bear one, above all lines.
//
// Not ECharts', for which each of them is an element with states, at a hundred times the price.
import type { CanvasColors } from "@/charts/canvasColors.ts";
import type { Frame } from "@/charts/frame.ts";
import type { Look } from "@/charts/hues.ts";
import { xOf, yOf } from "@/charts/plot.ts";
import { SYMBOLS } from "@/charts/symbols.ts";

const DOT_PX = 7;
const BEACON_PX = 8;
/** Shapes are 10 units wide. */
const UNITS = 10;
const EDGE_PX = 1;
const HOLLOW_EDGE_PX = 1.5;

/** `context` counts in CSS pixels of the chart's box, which is empty. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  frame: Frame,
  looks: ReadonlyMap<string, Look>,
  colors: CanvasColors,
): void {
  const scale = (frame.isDotted ? DOT_PX : BEACON_PX) / UNITS;
  for (const { model, marks } of frame.traces) {
    const look = looks.get(model);
    if (!look) continue;
    const shape = new Path2D(SYMBOLS[look.symbol]);
    context.fillStyle = look.dash ? colors.surface : look.color;
    context.strokeStyle = look.dash ? look.color : colors.surface;
    context.lineWidth = (look.dash ? HOLLOW_EDGE_PX : EDGE_PX) / scale;
    for (let at = 0; at < marks.length; at += 2) {
      context.save();
      context.translate(xOf(frame.plot, marks[at] ?? 0), yOf(frame.plot, marks[at + 1] ?? 0));
      context.scale(scale, scale);
      context.fill(shape);
      context.stroke(shape);
      context.restore();
    }
  }
}
