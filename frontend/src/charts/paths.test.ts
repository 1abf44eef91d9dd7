import { expect, test } from "vitest";
import type { ChartMode } from "@/api/schemas.ts";
import type { Drawing, Point } from "@/charts/lines.ts";
import { pathsOf } from "@/charts/paths.ts";
import type { Span } from "@/charts/span.ts";

const point = (ms: number, micros: number): Point => ({ ms, micros, requests: micros === 0 ? 0 : 1 });

function paths(mode: ChartMode, points: readonly (Point | null)[], holes: readonly Span[] = [], edges: number[] = []) {
  const line = { model: "opus", points };
  const drawing: Drawing = { mode, span: { fromMs: 0, toMs: 100 }, bucketMs: null, edges, lines: [line], holes };
  const { solid, uncertain } = pathsOf(drawing, line);
  return { solid: [...solid], uncertain: [...uncertain] };
}

const NO = Number.NaN;

test("requests go straight from charge to charge, and stop at a break", () => {
  expect(paths("requests", [point(10, 1), point(20, 2), null, point(50, 3)]).solid).toEqual([
    10,
    1,
    20,
    2,
    0,
    NO,
    50,
    3,
  ]);
});

test("the rate is level over each bucket and steps at its edges", () => {
  expect(paths("rate", [point(0, 5), point(40, 0), point(80, 2)], [], [0, 40, 80, 100]).solid).toEqual([
    0, 5, 40, 5, 40, 0, 80, 0, 80, 2, 100, 2,
  ]);
});

test("level buckets in a row are one stretch", () => {
  expect(paths("rate", [point(0, 0), point(40, 0), point(80, 0)], [], [0, 40, 80, 100]).solid).toEqual([0, 0, 100, 0]);
});

test("the rate is cut where nothing is known, within a bucket too", () => {
  const holes = [{ fromMs: 50, toMs: 60 }];
  expect(paths("rate", [point(0, 5), point(40, 7)], holes, [0, 40, 100]).solid).toEqual([
    0,
    5,
    40,
    5,
    40,
    7,
    50,
    7,
    50,
    NO,
    60,
    7,
    100,
    7,
  ]);
});

test("a bucket that is all hole, but not empty, leaves a spot", () => {
  const holes = [{ fromMs: 30, toMs: 90 }];
  expect(paths("rate", [point(0, 0), point(40, 7), point(80, 0)], holes, [0, 40, 80, 100]).solid).toEqual([
    0,
    0,
    30,
    0,
    30,
    NO,
    40,
    7,
    40,
    NO,
    90,
    0,
    100,
    0,
  ]);
});

test("the running sum starts from nothing, steps at each point and goes on to the end", () => {
  expect(paths("cumulative", [point(10, 1), point(30, 4)])).toEqual({
    solid: [0, 0, 10, 0, 10, 1, 30, 1, 30, 4, 100, 4],
    uncertain: [],
  });
});

test("over what is not known the running sum goes on level, but uncertain", () => {
  const { solid, uncertain } = paths("cumulative", [point(10, 1), point(30, 4)], [{ fromMs: 20, toMs: 30 }]);
  expect(solid).toEqual([0, 0, 10, 0, 10, 1, 20, 1, 20, NO, 30, 4, 100, 4]);
  expect(uncertain).toEqual([20, 1, 30, 1]);
});

test("points of one moment are one step of the running sum", () => {
  expect(paths("cumulative", [point(10, 1), point(10, 3)]).solid).toEqual([0, 0, 10, 0, 10, 3, 100, 3]);
});
