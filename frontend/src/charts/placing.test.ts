import { expect, test } from "vitest";
import { placed } from "@/charts/placing.ts";
import { randomSource } from "@/lib/random.testing.ts";

const view = { width: 1000, height: 800 };
const tooltip = { width: 200, height: 100 };

test("it stands after the crosshair, at the pointer's height", () => {
  expect(placed({ x: 100, y: 150 }, tooltip, { left: 50, top: 60 }, view)).toEqual({ left: 114, top: 100 });
});

test("near the right edge it stands before the crosshair", () => {
  expect(placed({ x: 900, y: 150 }, tooltip, { left: 50, top: 60 }, view).left).toBe(686);
});

test("it never leaves a window that is large enough", () => {
  const random = randomSource(11);
  for (let round = 0; round < 1000; round += 1) {
    const size = { width: 120 + random() * 200, height: 40 + random() * 300 };
    const narrow = { width: 360 + random() * 2000, height: 400 + random() * 1000 };
    const box = { left: random() * 50, top: (random() - 0.5) * narrow.height };
    const at = { x: random() * (narrow.width - box.left), y: random() * 300 };
    const { left, top } = placed(at, size, box, narrow);
    expect(box.left + left).toBeGreaterThanOrEqual(0);
    expect(box.left + left + size.width).toBeLessThanOrEqual(narrow.width);
    expect(box.top + top).toBeGreaterThanOrEqual(0);
    expect(box.top + top + size.height).toBeLessThanOrEqual(narrow.height);
  }
});
