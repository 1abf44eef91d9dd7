import { expect, test } from "vitest";
import type { Line, Point } from "@/charts/lines.ts";
import { newestRows, withHoles } from "./rows.ts";

const point = (ms: number, micros = 1, requests = 1): Point => ({ ms, micros, requests });
const line = (model: string, ...points: (Point | null)[]): Line => ({ model, points });

test("rows are newest first, whatever model they are of", () => {
  const lines = [line("opus", point(1), point(4)), line("haiku", point(2), point(3))];
  const { rows, count } = newestRows({ lines }, 10);
  expect(rows.map((row) => [row.ms, row.model])).toEqual([
    [4, "opus"],
    [3, "haiku"],
    [2, "haiku"],
    [1, "opus"],
  ]);
  expect(count).toBe(4);
});

test("only so many rows are given, but all are counted", () => {
  const lines = [line("opus", point(1), point(2), point(5)), line("haiku", point(3), point(4))];
  const { rows, count } = newestRows({ lines }, 2);
  expect(rows.map((row) => row.ms)).toEqual([5, 4]);
  expect(count).toBe(5);
});

test("holes and buckets in which nothing was charged have no row", () => {
  const { rows, count } = newestRows({ lines: [line("opus", point(1, 0, 0), null, point(3, 0, 1))] }, 10);
  expect(rows.map((row) => row.ms)).toEqual([3]);
  expect(count).toBe(1);
});

test("two charges of a model in one moment are two rows, and the older keeps its key when the newer comes", () => {
  const before = newestRows({ lines: [line("opus", point(1, 5))] }, 10).rows;
  const after = newestRows({ lines: [line("opus", point(1, 5), point(1, 6))] }, 10).rows;
  expect(after.map((row) => row.micros)).toEqual([6, 5]);
  expect(after[1]?.key).toBe(before[0]?.key);
  expect(after[0]?.key).not.toBe(after[1]?.key);
});

test("a hole stands between the rows before and after it", () => {
  const rows = newestRows({ lines: [line("opus", point(1), point(5), point(9))] }, 10);
  const entries = withHoles(rows, [
    { fromMs: 1, toMs: 5 },
    { fromMs: 9, toMs: 12 },
  ]);
  expect(entries.map((entry) => ("ms" in entry ? entry.ms : [entry.fromMs, entry.toMs]))).toEqual([
    [9, 12],
    9,
    5,
    [1, 5],
    1,
  ]);
});

test("a hole before all charges is told, but not one before charges that are not listed", () => {
  const lines = [line("opus", point(5), point(9))];
  const gaps = [{ fromMs: 1, toMs: 3 }];
  expect(withHoles(newestRows({ lines }, 10), gaps)).toHaveLength(3);
  expect(withHoles(newestRows({ lines }, 1), gaps)).toHaveLength(1);
});

test("a window of nothing but a hole is a hole", () => {
  expect(withHoles(newestRows({ lines: [] }, 10), [{ fromMs: 1, toMs: 3 }])).toHaveLength(1);
});
