// Owns that steps stay steps on the canvas: ECharts leaves out vertices nearer than two pixels to the last it drew, and
// would turn a low step into a slope up to wherever the level ends. Pure.

const IGNORED_PX = 2;
const BEYOND_PX = 2.2;

/** Returns a stepped path with a vertex right behind each step that is too low to be drawn by itself. */
export function crisp(path: Float64Array, msPerPx: number, microsPerPx: number): Float64Array {
  const vertices: number[] = [];
  for (let at = 0; at < path.length; at += 2) {
    const ms = path[at] ?? 0;
    const micros = path[at + 1] ?? Number.NaN;
    vertices.push(ms, micros);
    const isLowStep = path[at - 2] === ms && Math.abs(micros - (path[at - 1] ?? Number.NaN)) < IGNORED_PX * microsPerPx;
    if (isLowStep && path[at + 3] === micros && (path[at + 2] ?? ms) - ms > BEYOND_PX * msPerPx) {
      vertices.push(ms + BEYOND_PX * msPerPx, micros);
    }
  }
  return Float64Array.from(vertices);
}
