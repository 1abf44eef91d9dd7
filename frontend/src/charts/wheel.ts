// Owns what a turn of the wheel means for the window. Pure; when it is the chart's at all, `useWheel` decides.
import { fitted, lengthOf, movedBy, type Span, zoomedAbout } from "@/charts/span.ts";

export interface Turn {
  deltaX: number;
  deltaY: number;
  /** As `WheelEvent` has it: pixels, lines, pages. */
  deltaMode: number;
  /** Browsers tell a pinch on a trackpad as a wheel with ctrl held. */
  ctrlKey: boolean;
}

const PX_PER_UNIT = [1, 16, 400];
const ZOOM_PER_PX = 0.0015;
const ZOOM_PER_PINCHED_PX = 0.01;
const MOST_AT_ONCE = Math.LN2;

/** Returns the window after the turn; sideways moves it, anything else zooms about the moment under the pointer. */
export function turned(span: Span, turn: Turn, aboutMs: number, widthPx: number, bounds: Span): Span {
  const unit = PX_PER_UNIT[turn.deltaMode] ?? 1;
  const [x, y] = [turn.deltaX * unit, turn.deltaY * unit];
  if (Math.abs(x) > Math.abs(y)) return movedBy(span, x / widthPx, bounds);
  const power = y * (turn.ctrlKey ? ZOOM_PER_PINCHED_PX : ZOOM_PER_PX);
  const factor = Math.exp(Math.min(MOST_AT_ONCE, Math.max(-MOST_AT_ONCE, power)));
  // By rounding alone, nothing must seem to have changed at the end of the way out.
  return lengthOf(span) * factor >= lengthOf(bounds)
    ? fitted(bounds, bounds)
    : zoomedAbout(span, aboutMs, factor, bounds);
}
