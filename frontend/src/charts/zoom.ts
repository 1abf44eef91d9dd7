// Owns what the chart is given to move its window with; who keeps the window is the chart's user.
import type { Span } from "@/charts/span.ts";

export interface Zoom {
  /** How far out one can look. */
  bounds: Span;
  isZoomed: boolean;
  /** Looks at a stretch: at once, or `soon` where more of the same movement is to be expected. */
  look: (span: Span, when: "now" | "soon") => void;
  back: () => void;
}
