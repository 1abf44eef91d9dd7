import { expect, test } from "vitest";
import { amountAxis } from "@/charts/amountTicks.ts";
import { randomSource } from "@/lib/random.testing.ts";

test("the axis begins at nothing and has round steps", () => {
  expect(amountAxis(334_000_000, 200).ticks).toEqual([0, 100_000_000, 200_000_000, 300_000_000]);
});

test("without any charge the axis is that of one credit", () => {
  expect(amountAxis(0, 200)).toEqual({
    ticks: [0, 200_000, 400_000, 600_000, 800_000, 1_000_000],
    topMicros: 1_000_000,
  });
});

test("a single millionth has its axis", () => {
  expect(amountAxis(1, 300).ticks).toEqual([0, 1]);
});

test("the highest always lies below the top, and the steps are whole, equal, and not too close", () => {
  const random = randomSource(3);
  for (let round = 0; round < 2000; round += 1) {
    const highest = Math.ceil(10 ** (random() * 14));
    const height = 120 + random() * 700;
    const { ticks, topMicros } = amountAxis(highest, height);
    const [, step = 0] = ticks;
    expect(topMicros).toBeGreaterThan(highest);
    expect(ticks.at(-1)).toBeLessThanOrEqual(topMicros);
    expect(ticks.every((tick, index) => Number.isInteger(tick) && tick === index * step)).toBe(true);
    expect((step / topMicros) * height).toBeGreaterThanOrEqual(36);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
  }
});
