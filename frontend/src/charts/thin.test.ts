import { describe, expect, test } from "vitest";
import { thinned } from "@/charts/thin.ts";
import { randomSource } from "@/lib/random.testing.ts";

const COLUMN_MS = 1000;

/** A path of `count` vertices that goes on in time, with breaks here and there. */
function randomPath(seed: number, count: number): Float64Array {
  const random = randomSource(seed);
  let ms = 0;
  return Float64Array.from(
    Array.from({ length: count }, () => {
      ms += Math.floor(random() * random() * 400);
      return [ms, random() < 0.01 ? Number.NaN : Math.floor(random() ** 4 * 1e9)];
    }).flat(),
  );
}

const vertices = (path: Float64Array) =>
  Array.from({ length: path.length / 2 }, (_, index) => [path[2 * index] ?? 0, path[2 * index + 1] ?? 0] as const);

/** Those of each column between two breaks. */
function columns(path: Float64Array): Map<string, (readonly [number, number])[]> {
  const found = new Map<string, (readonly [number, number])[]>();
  let run = 0;
  let inRun = false;
  for (const vertex of vertices(path)) {
    if (Number.isNaN(vertex[1])) {
      if (inRun) run += 1;
      inRun = false;
      continue;
    }
    inRun = true;
    const key = `${run} ${Math.floor(vertex[0] / COLUMN_MS)}`;
    const column = found.get(key) ?? [];
    column.push(vertex);
    found.set(key, column);
  }
  return found;
}

describe.each([1, 2, 3, 4, 5])("of a random path (seed %i)", (seed) => {
  const path = randomPath(seed, 5000);
  const thin = thinned(path, 0, COLUMN_MS);

  test("each column keeps its peak, its trough, its first and its last", () => {
    const before = columns(path);
    const after = columns(thin);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [key, all] of before) {
      const kept = after.get(key) ?? [];
      const heights = (column: readonly (readonly [number, number])[]) => column.map(([, micros]) => micros);
      expect(Math.max(...heights(kept))).toBe(Math.max(...heights(all)));
      expect(Math.min(...heights(kept))).toBe(Math.min(...heights(all)));
      expect(kept[0]).toEqual(all[0]);
      expect(kept.at(-1)).toEqual(all.at(-1));
    }
  });

  test("no column has more than four", () => {
    for (const kept of columns(thin).values()) expect(kept.length).toBeLessThanOrEqual(4);
  });

  test("nothing is invented and the order stays", () => {
    const all = vertices(path);
    let at = 0;
    for (const [ms, micros] of vertices(thin)) {
      while (at < all.length && !(Object.is(all[at]?.[0], ms) && Object.is(all[at]?.[1], micros))) at += 1;
      expect(at).toBeLessThan(all.length);
      at += 1;
    }
  });

  test("what has been thinned is left as it is", () => {
    expect(thinned(thin, 0, COLUMN_MS)).toEqual(thin);
  });
});

test("a path with few vertices loses none", () => {
  const path = Float64Array.of(0, 5, 100, 3, 200, 9, 900, 4, 1000, 1, 2000, Number.NaN, 3000, 7);
  expect(thinned(path, 0, COLUMN_MS)).toEqual(path);
});

test("a hundred thousand vertices become as many as the columns can show", () => {
  const random = randomSource(7);
  const path = Float64Array.from(Array.from({ length: 100_000 }, (_, index) => [index, random()]).flat());
  expect(thinned(path, 0, 200).length / 2).toBeLessThanOrEqual(500 * 4);
});
