import { describe, expect, test } from "vitest";
import { textPx } from "@/charts/text.ts";
import { timeTicks } from "@/charts/timeTicks.ts";
import { wallToMs } from "@/lib/zone.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MARGIN_PX = 20;

const at = (y: number, m: number, d: number, h: number, min: number, zone: string) =>
  wallToMs({ y, m, d, h, min, s: 0 }, zone);
const labels = (fromMs: number, lengthMs: number, zone: string, widthPx: number) =>
  timeTicks({ fromMs, toMs: fromMs + lengthMs }, zone, widthPx, MARGIN_PX).map((tick) => tick.label);

test("an hour has round minutes of the zone's clock", () => {
  const fromMs = at(2025, 8, 25, 13, 2, "Asia/Kolkata");
  expect(labels(fromMs, HOUR_MS, "Asia/Kolkata", 800)).toEqual([
    ...["13:05", "13:10", "13:15", "13:20", "13:25", "13:30", "13:35", "13:40", "13:45", "13:50", "13:55", "14:00"],
  ]);
});

test("midnight shows the date, and more strongly", () => {
  const fromMs = at(2025, 8, 24, 20, 0, "Asia/Shanghai");
  const ticks = timeTicks({ fromMs, toMs: fromMs + 8 * HOUR_MS }, "Asia/Shanghai", 700, MARGIN_PX);
  expect(ticks.find((tick) => tick.isStrong)).toEqual({
    ms: at(2025, 8, 25, 0, 0, "Asia/Shanghai"),
    label: "08-25",
    isStrong: true,
  });
});

test("ten seconds have seconds", () => {
  const fromMs = at(2025, 8, 25, 13, 39, "UTC");
  expect(labels(fromMs, 10 * SECOND_MS, "UTC", 900).slice(0, 3)).toEqual(["13:39:00", "13:39:01", "13:39:02"]);
});

test("a label that would be cut off at the border is left out, its tick is not", () => {
  const fromMs = at(2025, 8, 25, 13, 39, "UTC") + 50;
  const ticks = timeTicks({ fromMs, toMs: fromMs + 10 * SECOND_MS }, "UTC", 900, MARGIN_PX);
  expect(ticks.slice(-2).map((tick) => tick.label)).toEqual(["13:39:09", ""]);
});

test("a month has days, a year has months", () => {
  const fromMs = at(2025, 8, 25, 13, 0, "UTC");
  expect(labels(fromMs, 30 * DAY_MS, "UTC", 1200).slice(0, 2)).toEqual(["08-26", "08-28"]);
  expect(labels(fromMs, 365 * DAY_MS, "UTC", 1200).slice(0, 2)).toEqual(["2025-09", "2025-10"]);
});

test("ticks stay on round hours where the clock changes", () => {
  const fromMs = at(2025, 10, 26, 0, 0, "Europe/Berlin");
  expect(labels(fromMs, 26 * HOUR_MS, "Europe/Berlin", 700)).toEqual([
    ...["10-26", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "10-27"],
  ]);
});

describe.each(["UTC", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "+05:45"])("in %s", (zone) => {
  const spans = [10_000, 90_000, HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 366 * DAY_MS];
  test.each([280, 660, 1180, 2480])("no two labels touch on %i px, and none is cut off", (widthPx) => {
    for (const length of spans) {
      for (const fromMs of [at(2025, 10, 25, 21, 17, zone), at(2025, 4, 5, 23, 41, zone)]) {
        const ticks = timeTicks({ fromMs, toMs: fromMs + length }, zone, widthPx, MARGIN_PX);
        const px = (ms: number) => ((ms - fromMs) / length) * widthPx;
        for (const [index, tick] of ticks.entries()) {
          const next = ticks[index + 1];
          const end = px(tick.ms) + textPx(tick.label) / 2;
          expect(end).toBeLessThanOrEqual(widthPx + MARGIN_PX);
          if (next) expect(end + 8).toBeLessThan(px(next.ms) - textPx(next.label) / 2);
        }
        expect(ticks.filter((tick) => tick.label).length).toBeGreaterThanOrEqual(2);
      }
    }
  });
});
