// Owns the rows of the table: the newest points that the chart draws. What those are, `charts/lines` says.
import type { Gap } from "@/api/schemas.ts";
import type { Drawing, Point } from "@/charts/lines.ts";

export interface Row extends Point {
  key: string;
  model: string;
}

export interface Rows {
  /** Newest first; of one moment in the order of the lines. */
  rows: readonly Row[];
  /** How many there are, of which `rows` are the newest. */
  count: number;
}

/** A stretch of which nothing is known, among the rows where it belongs. */
export interface Hole {
  key: string;
  fromMs: number;
  toMs: number;
}

/** Returns the rows with the holes between them: those that lie after the oldest row, or all where `rows` are all. */
export function withHoles({ rows, count }: Rows, gaps: readonly Gap[]): readonly (Row | Hole)[] {
  const oldestMs = rows.length < count ? (rows.at(-1)?.ms ?? 0) : -Infinity;
  const holes = gaps
    .filter((gap) => gap.toMs > oldestMs)
    .map((gap) => ({ ...gap, key: `hole ${gap.fromMs}` }))
    .sort((one, other) => other.fromMs - one.fromMs);
  const entries: (Row | Hole)[] = [];
  for (const row of rows) {
    while ((holes[0]?.toMs ?? -Infinity) > row.ms) entries.push(...holes.splice(0, 1));
    entries.push(row);
  }
  return [...entries, ...holes];
}

/** Returns the newest `most` points; buckets in which nothing was charged are not among them. */
export function newestRows({ lines }: Pick<Drawing, "lines">, most: number): Rows {
  const rows: Row[] = [];
  let count = 0;
  for (const { model, points } of lines) {
    const charged = points.filter(isCharged);
    count += charged.length;
    for (const point of charged.slice(-most).reverse()) rows.push({ ...point, model, key: "" });
  }
  rows.sort((one, other) => other.ms - one.ms);
  return { rows: keyed(rows.slice(0, most)), count };
}

const isCharged = (point: Point | null): point is Point => point !== null && point.requests > 0;

/** A model may be charged twice in one moment: the older of both keeps its key when the newer comes. */
function keyed(rows: readonly Row[]): readonly Row[] {
  const seen = new Map<string, number>();
  const result = [...rows];
  for (let index = result.length - 1; index >= 0; index -= 1) {
    const row = result[index];
    if (!row) continue;
    const key = `${row.ms} ${row.model}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    result[index] = { ...row, key: `${key} ${before}` };
  }
  return result;
}
