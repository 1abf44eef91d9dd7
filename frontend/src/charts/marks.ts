// Owns where a line bears its model's shape, so that colour is never the only sign. Pure.
//
// Every charge has one only while charges are few: many would hide the line and each other.
import type { Drawing } from "@/charts/lines.ts";

/** So many charges in view can be told apart as dots. */
export const MOST_DOTS = 400;
/** Else the highest place in each stretch of this width bears a mark. */
const BEACON_PX = 150;

/** Whether each charge in view has a dot of its own. */
export function areDotted(drawing: Drawing, pointCount: number): boolean {
  return drawing.mode === "requests" && drawing.bucketMs === null && pointCount <= MOST_DOTS;
}

/** Returns the places on a path that bear a mark, as a path without breaks: all, or the highest here and there. */
export function marksOn(path: Float64Array, dotted: boolean, fromMs: number, msPerPx: number): Float64Array {
  const marks: number[] = [];
  const stretchMs = BEACON_PX * msPerPx;
  let highest = -1;
  let stretch = -1;
  const flush = () => {
    if (highest >= 0) marks.push(middleOf(path, highest), path[highest + 1] ?? 0);
    highest = -1;
  };
  for (let at = 0; at < path.length; at += 2) {
    const micros = path[at + 1] ?? Number.NaN;
    if (Number.isNaN(micros)) continue;
    if (dotted || isAlone(path, at)) {
      marks.push(path[at] ?? 0, micros);
      continue;
    }
    const next = Math.floor(((path[at] ?? 0) - fromMs) / stretchMs);
    if (next !== stretch) flush();
    stretch = next;
    const isLevelEnd = path[at - 1] === micros;
    if (micros > 0 && !isLevelEnd && micros > (highest < 0 ? 0 : (path[highest + 1] ?? 0))) highest = at;
  }
  flush();
  return Float64Array.from(marks);
}

/** A level bears its mark in its middle. */
function middleOf(path: Float64Array, at: number): number {
  const [ms = 0, micros, nextMs = ms, nextMicros] = path.slice(at, at + 4);
  return nextMicros === micros ? (ms + nextMs) / 2 : ms;
}

/** Between two breaks, or at an end and before a break: without a mark it could not be seen. */
function isAlone(path: Float64Array, at: number): boolean {
  const isBreak = (other: number) => other < 0 || other >= path.length || Number.isNaN(path[other + 1]);
  return isBreak(at - 2) && isBreak(at + 2);
}
