import { expect, test } from "vitest";
import type { Charge } from "@/api/schemas.ts";
import type { Shown } from "@/state/shown.ts";
import { narrowed } from "./narrowed.ts";

const charge = (createdMs: number): Charge => ({ id: createdMs, model: "opus", micros: 1, createdMs, time: "" });

const shown: Shown = {
  view: { kind: "live", minutes: 1 },
  zoomed: false,
  fromMs: 0,
  toMs: 60,
  phase: "ready",
  problem: null,
  charges: [5, 20, 40, 59].map(charge),
  bucketMs: null,
  series: [],
  totals: [],
  gaps: [],
};

test("the whole window is left as it is", () => {
  expect(narrowed(shown, { fromMs: 0, toMs: 60 })).toBe(shown);
});

test("a part has the charges of the stretch, its end excluded", () => {
  expect(narrowed(shown, { fromMs: 20, toMs: 59 }).charges.map((one) => one.createdMs)).toEqual([20, 40]);
});

test("a part has the buckets that reach into the stretch", () => {
  const points = [0, 10, 20, 30].map((startMs) => ({ startMs, micros: 1, requests: 1 }));
  const summed = { ...shown, charges: [], bucketMs: 10, series: [{ model: "opus", points }] };
  const starts = narrowed(summed, { fromMs: 15, toMs: 30 }).series[0]?.points.map((point) => point.startMs);
  expect(starts).toEqual([10, 20]);
});
