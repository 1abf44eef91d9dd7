// Owns what is drawn, before any pixel: the lines of the visible models in one of the three modes. Pure, whole micros.
//
// How lines become paths on a canvas is `paths`', what is told of a moment `reading`'s.
import type { Charge, ChartMode } from "@/api/schemas.ts";
import { bucketWidthMs, startsAmong } from "@/charts/buckets.ts";
import { holesIn, lengthOf, type Span } from "@/charts/span.ts";
import type { Bucket } from "@/state/model.ts";
import type { Shown } from "@/state/shown.ts";

/** A charge, a bucket, or a running sum as it stands from `ms` on; `requests` are those that make it so. */
export interface Point {
  ms: number;
  micros: number;
  requests: number;
}

export interface Line {
  model: string;
  /** Oldest first; null breaks the line, as something between is not known. */
  points: readonly (Point | null)[];
}

export interface Drawing {
  mode: ChartMode;
  span: Span;
  /** How much time a point stands for; null where each is a charge. */
  bucketMs: number | null;
  /** Where the buckets of the rate begin and end, from the span's start to its end; empty in the other modes. */
  edges: readonly number[];
  /** One for each visible model, in the order of the window's totals. */
  lines: readonly Line[];
  /** Of what nothing is known, cut to the span, oldest first. */
  holes: readonly Span[];
}

export type Window = Pick<Shown, "fromMs" | "toMs" | "charges" | "bucketMs" | "series" | "totals" | "gaps">;

/** `knownUntilMs`: when the relay last answered. Nothing is known of what came after, but for the charges themselves. */
export function drawingOf(
  window: Window,
  mode: ChartMode,
  hidden: readonly string[],
  zone: string,
  knownUntilMs: number,
): Drawing {
  const span = { fromMs: window.fromMs, toMs: window.toMs };
  const newestMs = Math.max(0, ...window.totals.map((total) => total.latestMs + 1));
  const sinceMs = Math.max(knownUntilMs, newestMs);
  const unknown = sinceMs < span.toMs ? [...window.gaps, { fromMs: sinceMs, toMs: Infinity }] : window.gaps;
  const holes = holesIn(unknown, span);
  const models = window.totals.map((total) => total.model).filter((model) => !hidden.includes(model));
  const bucketMs = mode === "rate" ? (window.bucketMs ?? bucketWidthMs(lengthOf(span))) : window.bucketMs;
  const edges = mode === "rate" && bucketMs !== null ? edgesOf(window, span, bucketMs, zone) : [];
  const pointsOf = pointsByModel(window);
  const lines = models.map((model) => {
    const points = pointsOf.get(model) ?? [];
    if (mode === "rate") return { model, points: rated(points, edges, holes) };
    if (mode === "cumulative") return { model, points: summed(points, bucketMs ?? 0, Math.min(sinceMs, span.toMs)) };
    return { model, points: broken(points, span.fromMs, holes, bucketMs) };
  });
  return { mode, span, bucketMs, edges, lines, holes };
}

/** Returns how many points the lines pass through. */
export function countPoints(drawing: Drawing): number {
  return drawing.lines.reduce((sum, line) => sum + line.points.filter((point) => point !== null).length, 0);
}

function pointsByModel({ charges, bucketMs, series }: Window): ReadonlyMap<string, readonly Point[]> {
  if (bucketMs !== null) return new Map(series.map(({ model, points }) => [model, points.map(bucketPoint)]));
  const byModel = new Map<string, Point[]>();
  for (const charge of charges) {
    const points = byModel.get(charge.model);
    if (points) points.push(chargePoint(charge));
    else byModel.set(charge.model, [chargePoint(charge)]);
  }
  return byModel;
}

const bucketPoint = ({ startMs, micros, requests }: Bucket): Point => ({ ms: startMs, micros, requests });
const chargePoint = ({ createdMs, micros }: Charge): Point => ({ ms: createdMs, micros, requests: 1 });

function edgesOf(window: Window, span: Span, bucketMs: number, zone: string): readonly number[] {
  const given = new Set(window.series.flatMap(({ points }) => points.map((point) => point.startMs)));
  const starts = startsAmong(
    [...given].sort((one, other) => one - other),
    span,
    bucketMs,
    zone,
  );
  const inside = starts.filter((start) => start > span.fromMs && start < span.toMs);
  return [span.fromMs, ...inside, span.toMs];
}

/**
 * Puts a null between points with a hole between them, and between buckets with empty ones between them, where a line
 * would claim charges that never were. A bucket that begins before the window counts from its start.
 */
function broken(
  points: readonly Point[],
  fromMs: number,
  holes: readonly Span[],
  bucketMs: number | null,
): readonly (Point | null)[] {
  const farthestMs = bucketMs === null ? Infinity : 1.5 * bucketMs; // days are an hour longer or shorter at times
  const line: (Point | null)[] = [];
  let hole = 0;
  let previousMs = -Infinity;
  for (const point of points) {
    while ((holes[hole]?.toMs ?? Infinity) <= previousMs) hole += 1;
    const isApart = point.ms - previousMs > farthestMs || (holes[hole]?.fromMs ?? Infinity) < point.ms;
    if (line.length > 0 && isApart) line.push(null);
    line.push(point.ms < fromMs ? { ...point, ms: fromMs } : point);
    previousMs = point.ms;
  }
  return line;
}

/** Sums the points into the buckets between the edges: zero where nothing was charged, null where nothing is known. */
function rated(points: readonly Point[], edges: readonly number[], holes: readonly Span[]): readonly (Point | null)[] {
  const buckets: (Point | null)[] = [];
  let next = 0;
  let hole = 0;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const ms = edges[index] ?? 0;
    const endMs = edges[index + 1] ?? Infinity;
    const bucket: Point = { ms, micros: 0, requests: 0 };
    for (let point = points[next]; point && point.ms < endMs; point = points[++next]) {
      bucket.micros += point.micros;
      bucket.requests += point.requests;
    }
    while ((holes[hole]?.toMs ?? Infinity) < endMs) hole += 1;
    const isUnknown = (holes[hole]?.fromMs ?? Infinity) <= ms && bucket.requests === 0;
    buckets.push(isUnknown ? null : bucket);
  }
  return buckets;
}

/** Sums up from the start of the window. A bucket counts from its end on: by then all of it had been charged. */
function summed(points: readonly Point[], bucketMs: number, lastMs: number): readonly Point[] {
  let micros = 0;
  let requests = 0;
  return points.map((point) => {
    micros += point.micros;
    requests += point.requests;
    return { ms: Math.min(point.ms + bucketMs, lastMs), micros, requests };
  });
}
