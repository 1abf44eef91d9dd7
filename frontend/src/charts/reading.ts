// Owns what is told of a place in the chart: which moment it means, and what each visible model was charged then. Pure.
import type { Frame } from "@/charts/frame.ts";
import type { Line, Point } from "@/charts/lines.ts";
import { msAt, msPerPx, withinPlot, xOf, yOf } from "@/charts/plot.ts";
import { overlaps, type Span } from "@/charts/span.ts";

export interface ReadingRow {
  model: string;
  micros: number;
  requests: number;
  /** Where the line passes, for a dot on it. */
  x: number;
  y: number;
}

export interface Reading {
  /** The moment, or the stretch that the figures stand for: `toMs` is then later. */
  span: Span;
  /** The largest amount first. */
  rows: readonly ReadingRow[];
  /** Nothing is known of then: what is told is only a part, or nothing at all. */
  isUnknown: boolean;
  /** Where the crosshair stands. */
  x: number;
}

/** A charge is found from this far. */
const SNAP_PX = 20;

export function readingAt(frame: Frame, x: number): Reading {
  const { mode } = frame.drawing;
  const inside = withinPlot(frame.plot, x);
  if (mode === "rate") return rateAt(frame, inside);
  return mode === "cumulative" ? runningAt(frame, inside) : requestsAt(frame, inside);
}

/** What happened in the pixel column of the nearest charge; nothing where none is near. */
function requestsAt(frame: Frame, x: number): Reading {
  const { drawing, plot } = frame;
  const nearest = nearestMs(drawing.lines, msAt(plot, x));
  const perPx = msPerPx(plot);
  if (nearest === null || Math.abs(nearest - msAt(plot, x)) > SNAP_PX * perPx) {
    const ms = Math.round(msAt(plot, x));
    return { span: { fromMs: ms, toMs: ms }, rows: [], isUnknown: isHole(frame, ms), x };
  }
  const slack = drawing.bucketMs === null ? perPx / 2 : 0;
  const found = drawing.lines.map(({ model, points }) => ({
    model,
    points: points.filter((point): point is Point => point !== null && Math.abs(point.ms - nearest) <= slack),
  }));
  const moments = found.flatMap(({ points }) => points.map((point) => point.ms));
  const fromMs = Math.min(...moments);
  const toMs = Math.max(...moments) + (drawing.bucketMs ?? 0);
  const rows = found
    .filter(({ points }) => points.length > 0)
    .map(({ model, points }) => summedRow(frame, model, points));
  return { span: { fromMs, toMs }, rows: largestFirst(rows), isUnknown: false, x: xOf(plot, nearest) };
}

function summedRow({ plot }: Frame, model: string, points: readonly Point[]): ReadingRow {
  const highest = points.reduce((one, other) => (other.micros > one.micros ? other : one));
  return {
    model,
    micros: points.reduce((sum, point) => sum + point.micros, 0),
    requests: points.reduce((sum, point) => sum + point.requests, 0),
    x: xOf(plot, highest.ms),
    y: yOf(plot, highest.micros),
  };
}

function rateAt(frame: Frame, x: number): Reading {
  const { drawing, plot } = frame;
  const ms = msAt(plot, x);
  const next = drawing.edges.findIndex((edge) => edge > ms);
  const index = Math.max(0, (next < 0 ? drawing.edges.length - 1 : next) - 1);
  const span = { fromMs: drawing.edges[index] ?? ms, toMs: drawing.edges[index + 1] ?? ms };
  const middle = xOf(plot, (span.fromMs + span.toMs) / 2);
  const rows = drawing.lines.flatMap(({ model, points }) => {
    const point = points[index];
    return point
      ? [{ model, micros: point.micros, requests: point.requests, x: middle, y: yOf(plot, point.micros) }]
      : [];
  });
  return { span, rows: largestFirst(rows), isUnknown: drawing.holes.some((hole) => overlaps(hole, span)), x: middle };
}

function runningAt(frame: Frame, x: number): Reading {
  const { drawing, plot } = frame;
  const ms = Math.round(msAt(plot, x));
  const rows = drawing.lines.map(({ model, points }) => {
    const point = points.findLast((one) => one !== null && one.ms <= ms) ?? { micros: 0, requests: 0 };
    return { model, micros: point.micros, requests: point.requests, x, y: yOf(plot, point.micros) };
  });
  return { span: { fromMs: ms, toMs: ms }, rows: largestFirst(rows), isUnknown: isHole(frame, ms), x };
}

function nearestMs(lines: readonly Line[], ms: number): number | null {
  let nearest: number | null = null;
  for (const { points } of lines) {
    for (const point of points) {
      if (point && (nearest === null || Math.abs(point.ms - ms) < Math.abs(nearest - ms))) nearest = point.ms;
    }
  }
  return nearest;
}

const isHole = ({ drawing }: Frame, ms: number) => drawing.holes.some((hole) => ms >= hole.fromMs && ms < hole.toMs);

const largestFirst = (rows: readonly ReadingRow[]) => [...rows].sort((one, other) => other.micros - one.micros);
