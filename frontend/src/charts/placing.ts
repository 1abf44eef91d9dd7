// Owns where the tooltip stands: beside the crosshair, over the chart if it can, and always within the window. Pure.
import type { Size } from "@/charts/plot.ts";

interface Place {
  left: number;
  top: number;
}

const GAP_PX = 14;
const EDGE_PX = 8;

/** `at` is the place it tells of, `box` where the chart begins in the window; the result is relative to the chart. */
export function placed(at: { x: number; y: number }, tooltip: Size, box: Place, view: Size): Place {
  const least = EDGE_PX - box.left;
  const most = view.width - EDGE_PX - tooltip.width - box.left;
  const after = at.x + GAP_PX;
  const before = at.x - GAP_PX - tooltip.width;
  const left = after <= most ? after : before >= least ? before : Math.max(least, Math.min(after, most));
  const highest = EDGE_PX - box.top;
  const lowest = view.height - EDGE_PX - tooltip.height - box.top;
  return { left, top: Math.max(highest, Math.min(at.y - tooltip.height / 2, lowest)) };
}
