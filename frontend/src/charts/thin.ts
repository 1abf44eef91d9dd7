// Owns the thinning of paths to what a screen can show: peaks, troughs and ends of each pixel column stay. Pure.
//
// A path is flat: [ms, micros, ms, micros, …]; NaN for micros is a break in the line.

/** In more columns than pixels nothing could be seen; two pixels are about the width of a line. */
export const COLUMN_PX = 2;

/**
 * Returns the path with at most four vertices in each column of `columnMs`: the first, the lowest, the highest and the
 * last, in their order. Breaks stay, those that follow each other as one.
 */
export function thinned(path: Float64Array, fromMs: number, columnMs: number): Float64Array {
  const kept = new Float64Array(path.length);
  let length = 0;
  const keep = (at: number) => {
    kept[length++] = path[at] ?? 0;
    kept[length++] = path[at + 1] ?? Number.NaN;
  };

  let column = Number.NaN;
  let [first, lowest, highest, last] = [-1, -1, -1, -1];
  const flush = () => {
    if (first < 0) return;
    keep(first);
    const [one, other] = lowest < highest ? [lowest, highest] : [highest, lowest];
    if (one > first) keep(one);
    if (other > one) keep(other);
    if (last > Math.max(first, other)) keep(last);
    first = -1;
  };

  for (let at = 0; at < path.length; at += 2) {
    const micros = path[at + 1] ?? Number.NaN;
    if (Number.isNaN(micros)) {
      flush();
      if (length > 0 && !Number.isNaN(kept[length - 1])) keep(at);
      continue;
    }
    const next = Math.floor(((path[at] ?? 0) - fromMs) / columnMs);
    if (first < 0 || next !== column) {
      flush();
      column = next;
      first = lowest = highest = last = at;
      continue;
    }
    if (micros < (path[lowest + 1] ?? 0)) lowest = at;
    if (micros > (path[highest + 1] ?? 0)) highest = at;
    last = at;
  }
  flush();
  return kept.slice(0, length);
}
