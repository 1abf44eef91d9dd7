// Owns how lines become paths: flat [ms, micros, …] with NaN for a break, as `thin` takes and the canvas draws them.
import type { Drawing, Line, Point } from "@/charts/lines.ts";
import { holesIn, type Span, without } from "@/charts/span.ts";

export interface LinePaths {
  /** What is known. */
  solid: Float64Array;
  /** Where a running sum goes on over what is not known: it was that much at least. */
  uncertain: Float64Array;
}

/** A stretch during which the line is level. */
interface Level extends Span {
  micros: number;
}

const NOTHING = new Float64Array();

export function pathsOf(drawing: Drawing, line: Line): LinePaths {
  const { mode, holes } = drawing;
  if (mode === "requests") return { solid: through(line.points), uncertain: NOTHING };
  if (mode === "rate") return { solid: stepped(rateLevels(drawing, line), holes, outsideOrSpot), uncertain: NOTHING };
  const levels = runningLevels(drawing, line);
  const uncertain = holes.length === 0 ? NOTHING : stepped(levels, holes, inside);
  return { solid: stepped(levels, holes, without), uncertain };
}

const inside = (level: Level, holes: readonly Span[]) => holesIn(holes, level);

/** What was charged is never left out, though nothing more may be known of the time around it. */
function outsideOrSpot(level: Level, holes: readonly Span[]): readonly Span[] {
  const parts = without(level, holes);
  return parts.length === 0 && level.micros > 0 ? [{ fromMs: level.fromMs, toMs: level.fromMs }] : parts;
}

function through(points: readonly (Point | null)[]): Float64Array {
  const path = new Float64Array(points.length * 2);
  for (const [index, point] of points.entries()) {
    path[index * 2] = point?.ms ?? 0;
    path[index * 2 + 1] = point?.micros ?? Number.NaN;
  }
  return path;
}

function rateLevels({ edges }: Drawing, { points }: Line): readonly Level[] {
  return points.flatMap((point, index) =>
    point ? [{ fromMs: edges[index] ?? point.ms, toMs: edges[index + 1] ?? point.ms, micros: point.micros }] : [],
  );
}

/** From nothing at the start of the window, a level from each point to the next. */
function runningLevels({ span }: Drawing, { points }: Line): readonly Level[] {
  const levels: Level[] = [];
  let level: Level = { fromMs: span.fromMs, toMs: span.fromMs, micros: 0 };
  for (const point of points) {
    if (!point) continue;
    levels.push({ ...level, toMs: point.ms });
    level = { fromMs: point.ms, toMs: point.ms, micros: point.micros };
  }
  levels.push({ ...level, toMs: span.toMs });
  return levels;
}

/** Draws the parts of the levels that `partsOf` picks; a step where they touch, a break where they do not. */
function stepped(
  levels: readonly Level[],
  holes: readonly Span[],
  partsOf: (level: Level, holes: readonly Span[]) => readonly Span[],
): Float64Array {
  const path: number[] = [];
  let first = 0;
  for (const level of levels) {
    while ((holes[first]?.toMs ?? Infinity) <= level.fromMs) first += 1;
    const isTouched = (holes[first]?.fromMs ?? Infinity) < level.toMs;
    for (const part of partsOf(level, isTouched ? holes.slice(first) : [])) draw(path, part, level.micros);
  }
  return Float64Array.from(path);
}

function draw(path: number[], { fromMs, toMs }: Span, micros: number): void {
  const lastMs = path.at(-2);
  const touches = lastMs === fromMs;
  if (touches && path.at(-1) === micros) path[path.length - 2] = toMs;
  else {
    if (lastMs !== undefined && !touches) path.push(lastMs, Number.NaN);
    path.push(fromMs, micros);
    if (toMs > fromMs) path.push(toMs, micros);
  }
}
