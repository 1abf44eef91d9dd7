import { expect, test } from "vitest";
import type { Charge } from "@/api/schemas.ts";
import type { Shown } from "@/state/shown.ts";
import { makeDrawable } from "./drawable.ts";

const HOUR_MS = 3_600_000;

const charge = (createdMs: number, micros = 1): Charge => ({
  id: createdMs,
  model: "opus",
  micros,
  createdMs,
  time: "",
});
const charges = [1_000, 2_000_000, 3_000_000].map((ms) => charge(ms));

function shown(more: Partial<Shown> = {}): Shown {
  return {
    view: { kind: "live", minutes: 60 },
    zoomed: false,
    fromMs: 0,
    toMs: HOUR_MS,
    phase: "ready",
    problem: null,
    charges,
    bucketMs: null,
    series: [],
    totals: [],
    gaps: [],
    ...more,
  };
}

/** Whether the second is drawn anew after the first. */
function isDrawnAnew(first: Shown, second: Shown): boolean {
  const drawable = makeDrawable();
  const before = drawable(first);
  return drawable(second) !== before;
}

const slid = (ms: number, more: Partial<Shown> = {}) => shown({ fromMs: ms, toMs: HOUR_MS + ms, ...more });

test("an axis that slides by little is not drawn anew, one that slides by more is", () => {
  expect(isDrawnAnew(shown(), slid(20_000, { charges: [...charges] }))).toBe(false);
  expect(isDrawnAnew(shown(), slid(30_000))).toBe(true);
});

test("small slides add up", () => {
  const drawable = makeDrawable();
  const drawn = [0, 10_000, 20_000, 30_000].map((ms) => drawable(slid(ms)).fromMs);
  expect(drawn).toEqual([0, 0, 0, 30_000]);
});

test("a charge that slides out is gone with the second tick", () => {
  expect(isDrawnAnew(shown(), slid(10_000, { charges: charges.slice(1) }))).toBe(false);
  expect(isDrawnAnew(shown(), slid(20_000, { charges: charges.slice(1) }))).toBe(true);
});

test("a charge that is gone though it cannot have slid out is gone at once, as in another history", () => {
  expect(isDrawnAnew(shown(), shown({ charges: charges.slice(1) }))).toBe(true);
});

test("a new charge is drawn at once, and one whose amount has changed", () => {
  expect(isDrawnAnew(shown(), shown({ charges: [...charges, charge(3_500_000)] }))).toBe(true);
  expect(isDrawnAnew(shown(), shown({ charges: charges.with(1, charge(2_000_000, 5)) }))).toBe(true);
});

test("sums that come again are not drawn anew, those that have changed are", () => {
  const series = (micros: number) => [{ model: "opus", points: [{ startMs: 0, micros, requests: 1 }] }];
  expect(isDrawnAnew(shown({ series: series(5) }), shown({ series: series(5) }))).toBe(false);
  expect(isDrawnAnew(shown({ series: series(5) }), shown({ series: series(6) }))).toBe(true);
});

test("a gap or another state of things is drawn at once", () => {
  expect(isDrawnAnew(shown(), shown({ gaps: [{ fromMs: 5, toMs: 6 }] }))).toBe(true);
  expect(isDrawnAnew(shown(), shown({ phase: "stale" }))).toBe(true);
  expect(isDrawnAnew(shown(), shown({ view: { kind: "live", minutes: 120 } }))).toBe(true);
});

test("while a closer look is loading, what was drawn is shown in its axis", () => {
  const drawable = makeDrawable();
  drawable(shown());
  const next = drawable(shown({ phase: "loading", charges: [], zoomed: true, fromMs: 1_500_000, toMs: 2_500_000 }));
  expect(next).toMatchObject({ phase: "loading", zoomed: true, fromMs: 1_500_000, toMs: 2_500_000 });
  expect(next.charges).toEqual([charges[1]]);
});

test("while another window is loading, what was drawn stays as it was", () => {
  const drawable = makeDrawable();
  drawable(shown());
  const next = drawable(shown({ phase: "loading", charges: [], fromMs: -HOUR_MS }));
  expect(next).toMatchObject({ phase: "loading", fromMs: 0, toMs: HOUR_MS, charges });
});

test("what fails takes what was drawn away", () => {
  const drawable = makeDrawable();
  drawable(shown());
  expect(drawable(shown({ phase: "failed", charges: [] })).charges).toEqual([]);
});
