import { describe, expect, test } from "vitest";
import { bucketStart, bucketStarts, bucketWidthMs, startsAmong } from "@/charts/buckets.ts";
import { formatMoment } from "@/lib/format.ts";
import { wallToMs } from "@/lib/zone.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const BERLIN = "Europe/Berlin"; // back on 2025-10-26 at 3:00, ahead on 2025-03-30 at 2:00

const at = (text: string, zone: string) => {
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = text.split(/\D/).map(Number);
  return wallToMs({ y, m, d, h, min, s }, zone);
};

test.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [6, 5],
  [12, 10],
  [24, 15],
])("%i h are cut into buckets of %i min", (hours, minutes) => {
  expect(bucketWidthMs(hours * HOUR_MS)).toBe(minutes * MINUTE_MS);
});

test("ten seconds and a year have their widths, too", () => {
  expect(bucketWidthMs(10_000)).toBe(1_000);
  expect(bucketWidthMs(366 * DAY_MS)).toBe(7 * DAY_MS);
});

test("buckets start on the zone's wall clock, half-hour zones included", () => {
  const ms = at("2025-08-25 13:39:44", "Asia/Kolkata");
  expect(formatMoment(bucketStart(ms, HOUR_MS, "Asia/Kolkata"), "Asia/Kolkata")).toBe("2025-08-25 13:00:00");
  expect(formatMoment(bucketStart(ms, DAY_MS, "Asia/Kolkata"), "Asia/Kolkata")).toBe("2025-08-25 00:00:00");
});

test("weeks start on Monday", () => {
  const ms = at("2025-08-28 13:00:00", "Asia/Shanghai");
  expect(formatMoment(bucketStart(ms, 7 * DAY_MS, "Asia/Shanghai"), "Asia/Shanghai")).toBe("2025-08-25 00:00:00");
});

describe("where the clock goes back", () => {
  const night = { fromMs: at("2025-10-26 00:00:00", BERLIN), toMs: at("2025-10-26 05:00:00", BERLIN) };
  const walls = (widthMs: number, span = night) =>
    bucketStarts(span, widthMs, BERLIN).map((ms) => formatMoment(ms, BERLIN).slice(11, 16));

  test("the hour that comes twice is two buckets of an hour", () => {
    expect(walls(HOUR_MS)).toEqual(["00:00", "01:00", "02:00", "02:00", "03:00", "04:00"]);
  });

  test("and belongs to one longer bucket", () => {
    expect(walls(2 * HOUR_MS)).toEqual(["00:00", "02:00", "04:00"]);
  });

  test("and the day has 25 hours", () => {
    const days = { fromMs: at("2025-10-25 12:00:00", BERLIN), toMs: at("2025-10-27 12:00:00", BERLIN) };
    const starts = bucketStarts(days, DAY_MS, BERLIN);
    expect(starts.slice(1).map((start, index) => start - (starts[index] ?? 0))).toEqual([DAY_MS, 25 * HOUR_MS]);
  });
});

describe("where the clock goes ahead", () => {
  test("a bucket is as much shorter", () => {
    const night = { fromMs: at("2025-03-30 00:00:00", BERLIN), toMs: at("2025-03-30 05:00:00", BERLIN) };
    const walls = bucketStarts(night, 2 * HOUR_MS, BERLIN).map((ms) => formatMoment(ms, BERLIN).slice(11, 16));
    expect(walls).toEqual(["00:00", "03:00", "04:00"]);
  });

  test("a day has 23 hours", () => {
    const days = { fromMs: at("2025-03-29 12:00:00", BERLIN), toMs: at("2025-03-31 12:00:00", BERLIN) };
    const starts = bucketStarts(days, DAY_MS, BERLIN);
    expect(starts.slice(1).map((start, index) => start - (starts[index] ?? 0))).toEqual([DAY_MS, 23 * HOUR_MS]);
  });
});

describe("among buckets that are given", () => {
  const span = { fromMs: 0, toMs: 5 * HOUR_MS };

  test("those of the zone fill in where they fit", () => {
    expect(startsAmong([HOUR_MS, 3 * HOUR_MS], span, HOUR_MS, "UTC")).toEqual([0, 1, 2, 3, 4].map((h) => h * HOUR_MS));
  });

  test("steps fill in where the server's clock is another", () => {
    const given = [70 * MINUTE_MS, 190 * MINUTE_MS];
    const filled = [10, 70, 130, 190, 250].map((minutes) => minutes * MINUTE_MS);
    expect(startsAmong(given, { fromMs: 20 * MINUTE_MS, toMs: 5 * HOUR_MS }, HOUR_MS, "UTC")).toEqual(filled);
  });

  test("every given one is among them, also where they are not in step", () => {
    const given = [0, HOUR_MS + 1, 2 * HOUR_MS - 1, 4 * HOUR_MS];
    expect(startsAmong(given, span, HOUR_MS, "UTC")).toEqual(expect.arrayContaining(given));
  });
});
