import { expect, test } from "vitest";
import { amountTicks } from "@/charts/amountTicks.ts";
import { randomSource } from "@/charts/random.testing.ts";

test("the axis begins at nothing and has round steps", () => {
  expect(amountTicks(334_000_000, 300)).toEqual([0, 100_000_000, 200_000_000, 300_000_000, 400_000_000]);
});

test("without any charge the axis is that of one credit", () => {
  expect(amountTicks(0, 200).at(-1)).toBe(1_000_000);
});

test("a single millionth has its axis", () => {
  expect(amountTicks(1, 300)).toEqual([0, 1, 2]);
});

test("the highest always lies below the top, and the steps are whole, equal, and not too many", () => {
  const random = randomSource(3);
  for (let round = 0; round < 2000; round += 1) {
    const highest = Math.ceil(10 ** (random() * 14));
    const height = 120 + random() * 700;
    const ticks = amountTicks(highest, height);
    const [, step = 0] = ticks;
    expect(ticks.at(-1)).toBeGreaterThan(highest);
    expect(ticks.every((tick, index) => Number.isInteger(tick) && tick === index * step)).toBe(true);
    expect(ticks.length).toBeLessThanOrEqual(Math.floor(height / 52) + 2);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
  }
});
