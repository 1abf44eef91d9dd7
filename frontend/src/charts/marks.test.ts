import { expect, test } from "vitest";
import { marksOn } from "@/charts/marks.ts";

const NO = Number.NaN;
const marks = (path: number[], dotted = false) => [...marksOn(Float64Array.from(path), dotted, 0, 1)];

test("while charges are few, each bears a mark", () => {
  expect(marks([0, 5, 10, 7, 0, NO, 20, 3], true)).toEqual([0, 5, 10, 7, 20, 3]);
});

test("else the highest place here and there does", () => {
  expect(marks([0, 5, 10, 7, 20, 3, 160, 2, 200, 9])).toEqual([10, 7, 200, 9]);
});

test("what stands alone between breaks always does", () => {
  expect(marks([0, 5, 10, 7, 10, NO, 20, 3, 20, NO, 30, 4, 40, 2])).toEqual([20, 3, 10, 7]);
});

test("a level bears it once, in its middle", () => {
  expect(marks([100, 0, 100, 5, 200, 5, 200, 0])).toEqual([150, 5]);
});

test("nothing bears no mark", () => {
  expect(marks([0, 0, 100, 0])).toEqual([]);
});
