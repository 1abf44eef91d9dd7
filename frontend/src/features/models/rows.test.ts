import { expect, test } from "vitest";
import { type COLUMNS, LARGEST_FIRST, nextSort, rowsOf, totalOf } from "./rows.ts";

const total = (model: string, micros: number, requests: number, largestMicros = micros, latestMs = 0) => ({
  model,
  micros,
  requests,
  largestMicros,
  latestMs,
});

const TOTALS = [
  total("opus", 60_000_000, 4, 30_000_000, 300),
  total("sonnet", 30_000_000, 7, 9_000_000, 900),
  total("haiku", 10_000_000, 3, 20_000_000, 500),
];

const order = (column: (typeof COLUMNS)[number], descending: boolean) =>
  rowsOf(TOTALS, { column, descending }).map((row) => row.model);

test("shares are of all models together, averages of a model's own requests", () => {
  expect(rowsOf(TOTALS, LARGEST_FIRST)).toMatchObject([
    { model: "opus", share: 0.6, averageMicros: 15_000_000 },
    { model: "sonnet", share: 0.3, averageMicros: 4_290_000 },
    { model: "haiku", share: 0.1, averageMicros: 3_330_000 },
  ]);
});

test("an average below a credit keeps its millionths", () => {
  expect(rowsOf([total("a", 10, 3)], LARGEST_FIRST)[0]?.averageMicros).toBe(3);
});

test("charges of nothing have no share, rather than none that is a number", () => {
  expect(rowsOf([total("free", 0, 2)], LARGEST_FIRST)[0]).toMatchObject({ share: 0, averageMicros: 0 });
});

test.each([
  ["model", false, ["haiku", "opus", "sonnet"]],
  ["credits", true, ["opus", "sonnet", "haiku"]],
  ["credits", false, ["haiku", "sonnet", "opus"]],
  ["share", true, ["opus", "sonnet", "haiku"]],
  ["requests", true, ["sonnet", "opus", "haiku"]],
  ["average", true, ["opus", "sonnet", "haiku"]],
  ["largest", true, ["opus", "haiku", "sonnet"]],
  ["latest", true, ["sonnet", "haiku", "opus"]],
] as const)("sorted by %s, descending %s", (column, descending, models) => {
  expect(order(column, descending)).toEqual(models);
});

test("equal figures stand in the order of their names, whichever way they are sorted", () => {
  const equal = [total("b", 5, 1), total("a", 5, 1)];
  expect(rowsOf(equal, { column: "credits", descending: true }).map((row) => row.model)).toEqual(["a", "b"]);
  expect(rowsOf(equal, { column: "credits", descending: false }).map((row) => row.model)).toEqual(["a", "b"]);
});

test("all models together are the sums, and the largest and the last of them", () => {
  expect(totalOf(rowsOf(TOTALS, LARGEST_FIRST))).toEqual({
    micros: 100_000_000,
    requests: 14,
    share: 1,
    averageMicros: 7_140_000,
    largestMicros: 30_000_000,
    latestMs: 900,
  });
  expect(totalOf([])).toBeNull();
});

test("a column begins with its largest figure or with A, and turns round when chosen again", () => {
  expect(nextSort(LARGEST_FIRST, "requests")).toEqual({ column: "requests", descending: true });
  expect(nextSort(LARGEST_FIRST, "model")).toEqual({ column: "model", descending: false });
  expect(nextSort(LARGEST_FIRST, "credits")).toEqual({ column: "credits", descending: false });
});
