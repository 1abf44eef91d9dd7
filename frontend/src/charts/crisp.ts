// Owns that steps stay steps on the canvas: ECharts leaves out vertices nearer than two pixels to the last it drew, and
// would turn a low step into a slope up to wherever the level ends. Pure.

const IGNORED_PX = 2;
const BEYOND_PX = 2.2;

/** Returns a stepped path with a vertex a little into each level whose first would be left out. */
export function crisp(path: Float64Array, msPerPx: number, microsPerPx: number): Float64Array {
  const vertices: number[] = [];
  let drawnMs = Number.NaN;
  let drawnMicros = Number.NaN;
  for (let at = 0; at < path.length; at += 2) {
    const ms = path[at] ?? 0;
    const micros = path[at + 1] ?? Number.NaN;
    vertices.push(ms, micros);
    const isLeftOut =
      Math.abs(ms - drawnMs) <= IGNORED_PX * msPerPx && Math.abs(micros - drawnMicros) <= IGNORED_PX * microsPerPx;
    if (!isLeftOut) {
      drawnMs = ms;
      drawnMicros = micros;
    } else if (path[at + 3] === micros && (path[at + 2] ?? ms) - ms > BEYOND_PX * msPerPx) {
      drawnMs = ms + BEYOND_PX * msPerPx;
      drawnMicros = micros;
      vertices.push(drawnMs, drawnMicros);
    }
  }
  return Float64Array.from(vertices);
}
