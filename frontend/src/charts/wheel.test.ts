import { expect, test } from "vitest";
import { lengthOf, type Span } from "@/charts/span.ts";
import { type Turn, turned } from "@/charts/wheel.ts";

const bounds: Span = { fromMs: 0, toMs: 3_600_000 };
const half: Span = { fromMs: 900_000, toMs: 2_700_000 };
const turn = (more: Partial<Turn>): Turn => ({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, ...more });
const after = (span: Span, more: Partial<Turn>) => turned(span, turn(more), 1_800_000, 1000, bounds);

test("away from the person is closer, towards them is further", () => {
  expect(lengthOf(after(half, { deltaY: -100 }))).toBeLessThan(lengthOf(half));
  expect(lengthOf(after(half, { deltaY: 100 }))).toBeGreaterThan(lengthOf(half));
});

test("there and back is where it began", () => {
  expect(after(after(half, { deltaY: -100 }), { deltaY: 100 })).toEqual(half);
});

test("one turn never more than doubles or halves", () => {
  expect(lengthOf(after(half, { deltaY: -1e6 }))).toBeCloseTo(lengthOf(half) / 2);
});

test("all the way out is the whole window, exactly", () => {
  let span = half;
  for (let count = 0; count < 20; count += 1) span = after(span, { deltaY: 120 });
  expect(span).toEqual(bounds);
});

test("sideways moves by as many pixels", () => {
  expect(after(half, { deltaX: 100 })).toEqual({ fromMs: 1_080_000, toMs: 2_880_000 });
});

test("a mouse that counts in lines moves as one that counts in pixels", () => {
  expect(after(half, { deltaY: -3, deltaMode: 1 })).toEqual(after(half, { deltaY: -48 }));
});

test("a pinch, which is told in small figures, is felt", () => {
  expect(lengthOf(after(half, { deltaY: -10, ctrlKey: true }))).toBeLessThan(0.95 * lengthOf(half));
});
