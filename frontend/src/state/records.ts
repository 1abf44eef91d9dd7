// Owns lists of charges: oldest first, each id once, the newer version of a charge in place of the older.
import type { Charge } from "@/api/schemas.ts";

const byTime = (one: Charge, other: Charge) => one.createdMs - other.createdMs || one.id - other.id;

/** Returns `charges` with `incoming` put in, and nothing older than `fromMs`. */
export function merged(charges: readonly Charge[], incoming: readonly Charge[], fromMs: number): readonly Charge[] {
  const changed = new Map(incoming.map((charge) => [charge.id, charge]));
  const kept = charges.filter((charge) => charge.createdMs >= fromMs && !changed.has(charge.id));
  const added = [...changed.values()].filter((charge) => charge.createdMs >= fromMs).sort(byTime);
  const last = kept.at(-1);
  const inOrder = !last || !added[0] || byTime(last, added[0]) < 0;
  return inOrder ? [...kept, ...added] : [...kept, ...added].sort(byTime);
}

/** Returns the charges of a stretch, `toMs` excluded. */
export function within(charges: readonly Charge[], fromMs: number, toMs: number): readonly Charge[] {
  const start = firstFrom(charges, fromMs);
  const end = firstFrom(charges, toMs);
  return start === 0 && end === charges.length ? charges : charges.slice(start, end);
}

/** Returns the index of the first charge at or after `ms`. */
function firstFrom(charges: readonly Charge[], ms: number): number {
  let low = 0;
  let high = charges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((charges[middle]?.createdMs ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
