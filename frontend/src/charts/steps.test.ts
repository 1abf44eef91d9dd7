import { expect, test } from "vitest";
import { frameFor } from "@/charts/drawing.testing.ts";
import { type Step, steppedTo } from "@/charts/steps.ts";

const frame = frameFor([
  [100_000, 5],
  [300_000, 7],
  [300_100, 9, "haiku"],
  [500_000, 2],
]);

test.each<[number | null, Step, number]>([
  [null, "next", 100_000],
  [null, "previous", 500_000],
  [100_000, "next", 300_000],
  [500_000, "previous", 300_100],
  [200_000, "first", 100_000],
  [200_000, "last", 500_000],
  [500_000, "next", 500_000],
  [100_000, "previous", 100_000],
])("from %s the %s place is %i", (fromMs, step, expected) => {
  expect(steppedTo(frame, fromMs, step)).toBe(expected);
});

test("what shares a pixel is one place", () => {
  expect(steppedTo(frame, 300_000, "next")).toBe(500_000);
});

test("in the rate, every bucket is a place, by its middle", () => {
  const rate = frameFor([[100_000, 5]], { mode: "rate" });
  expect(steppedTo(rate, 105_000, "next")).toBe(115_000);
  expect(steppedTo(rate, 5_000, "previous")).toBe(5_000);
});

test("an empty chart has no place to go", () => {
  expect(steppedTo(frameFor([]), null, "next")).toBeNull();
});
