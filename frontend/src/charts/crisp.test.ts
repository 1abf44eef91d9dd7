import { expect, test } from "vitest";
import { crisp } from "@/charts/crisp.ts";

const drawn = (...path: number[]) => [...crisp(Float64Array.from(path), 10, 100)];

test("a step too low to be drawn by itself gets a vertex behind it", () => {
  expect(drawn(0, 0, 1000, 0, 1000, 150, 3000, 150)).toEqual([0, 0, 1000, 0, 1000, 150, 1022, 150, 3000, 150]);
});

test("a high step is drawn as it is", () => {
  expect(drawn(0, 0, 1000, 0, 1000, 201, 3000, 201)).toEqual([0, 0, 1000, 0, 1000, 201, 3000, 201]);
});

test("a level too short to be seen gets nothing", () => {
  expect(drawn(0, 0, 1000, 0, 1000, 150, 1020, 150)).toEqual([0, 0, 1000, 0, 1000, 150, 1020, 150]);
});

test("breaks stay", () => {
  expect(drawn(0, 5, 1000, 5, 1000, Number.NaN, 2000, 5, 3000, 5)).toEqual([
    0,
    5,
    1000,
    5,
    1000,
    Number.NaN,
    2000,
    5,
    3000,
    5,
  ]);
});

test("a level after several vertices that are all left out gets its vertex", () => {
  expect(drawn(0, 0, 5, 90, 10, 90, 10, 30, 2000, 30)).toEqual([0, 0, 5, 90, 10, 90, 10, 30, 32, 30, 2000, 30]);
});
