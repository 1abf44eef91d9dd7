import { describe, expect, test } from "vitest";
import {
  browserDateText,
  browserDateWall,
  isZone,
  msToWall,
  offsetMs,
  startOfDay,
  type Wall,
  wallExists,
  wallToMs,
  zoneName,
} from "@/lib/zone.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ZONES = [
  "UTC",
  "Asia/Shanghai",
  "Asia/Kathmandu",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Europe/London",
  "Africa/Casablanca",
  "Pacific/Apia",
  "+08:00",
  "-09:30",
];

function wall(text: string): Wall {
  const found = browserDateWall(text);
  if (!found) throw new Error(`no wall time: ${text}`);
  return found;
}

describe("offsets", () => {
  test.each([
    ["2025-01-15T12:00:00Z", "Asia/Shanghai", 8 * HOUR_MS],
    ["2025-07-15T12:00:00Z", "Asia/Kathmandu", 345 * MINUTE_MS],
    ["2025-01-15T12:00:00Z", "America/New_York", -5 * HOUR_MS],
    ["2025-07-15T12:00:00Z", "America/New_York", -4 * HOUR_MS],
    ["2025-01-15T12:00:00Z", "Australia/Lord_Howe", 11 * HOUR_MS],
    ["2025-07-15T12:00:00Z", "Australia/Lord_Howe", 630 * MINUTE_MS],
    ["2025-07-15T12:00:00Z", "+08:00", 8 * HOUR_MS],
    ["2025-07-15T12:00:00Z", "-09:30", -570 * MINUTE_MS],
    ["1970-06-01T00:00:00Z", "Africa/Monrovia", -2670_000],
  ])("at %s in %s", (moment, zone, expected) => {
    expect(offsetMs(Date.parse(moment), zone)).toBe(expected);
  });

  test("change at the millisecond at which the clock changes", () => {
    const change = Date.parse("2025-03-09T07:00:00Z");
    expect(offsetMs(change - 1, "America/New_York")).toBe(-5 * HOUR_MS);
    expect(offsetMs(change, "America/New_York")).toBe(-4 * HOUR_MS);
  });

  test("are told for moments before 1970, fractions of a second included", () => {
    expect(offsetMs(-1, "Asia/Tokyo")).toBe(9 * HOUR_MS);
  });

  test("of a zone that nobody knows are refused", () => {
    expect(() => offsetMs(0, "Mars/Olympus")).toThrow(RangeError);
  });
});

describe("wall times", () => {
  test("and moments are each other's inverse, in every zone and on both sides of changes", () => {
    const start = Date.parse("2024-12-31T22:13:07Z");
    for (const zone of ZONES) {
      for (let step = 0; step < 2500; step++) {
        const ms = start + step * 13_523_000; // some 3 h 45 min, over 13 months
        const back = wallToMs(msToWall(ms, zone), zone);
        const repeated = back !== ms;
        if (repeated) expect(msToWall(back, zone)).toEqual(msToWall(ms, zone));
        expect(back).toBeLessThanOrEqual(ms);
        expect(ms - back).toBeLessThanOrEqual(HOUR_MS);
      }
    }
  });

  test("that come twice mean the first", () => {
    expect(wallToMs(wall("2025-11-02T01:30:00"), "America/New_York")).toBe(Date.parse("2025-11-02T05:30:00Z"));
    expect(wallToMs(wall("2025-04-06T01:45:00"), "Australia/Lord_Howe")).toBe(Date.parse("2025-04-05T14:45:00Z"));
  });

  test("that the clock skips mean the moment at which it jumps", () => {
    const jump = Date.parse("2025-03-09T07:00:00Z");
    for (const text of ["2025-03-09T02:00:00", "2025-03-09T02:30:00", "2025-03-09T02:59:59"]) {
      expect(wallToMs(wall(text), "America/New_York")).toBe(jump);
      expect(wallExists(wall(text), "America/New_York")).toBe(false);
    }
    expect(wallExists(wall("2025-03-09T03:00:00"), "America/New_York")).toBe(true);
    expect(wallExists(wall("2025-03-09T01:59:59"), "America/New_York")).toBe(true);
  });

  test("of a day that a zone left out mean the next day's beginning", () => {
    const next = Date.parse("2011-12-30T10:00:00Z");
    expect(wallToMs(wall("2011-12-30T12:00:00"), "Pacific/Apia")).toBe(next);
    expect(wallExists(wall("2011-12-30T12:00:00"), "Pacific/Apia")).toBe(false);
    expect(wallToMs(wall("2011-12-31T00:00:00"), "Pacific/Apia")).toBe(next);
  });

  test("that no calendar has do not exist", () => {
    expect(wallExists(wall("2025-02-30T12:00:00"), "UTC")).toBe(false);
    expect(wallExists(wall("2024-02-29T12:00:00"), "UTC")).toBe(true);
  });

  test("of the first century are not taken for the twentieth", () => {
    expect(msToWall(wallToMs(wall("0025-08-25T01:02:03"), "UTC"), "UTC").y).toBe(25);
  });
});

describe("days", () => {
  test("begin at midnight of the person's zone", () => {
    const evening = Date.parse("2025-08-25T17:00:00Z");
    expect(startOfDay(evening, "Asia/Shanghai")).toBe(Date.parse("2025-08-25T16:00:00Z"));
    expect(startOfDay(evening, "UTC")).toBe(Date.parse("2025-08-25T00:00:00Z"));
    expect(startOfDay(evening, "+08:00")).toBe(Date.parse("2025-08-25T16:00:00Z"));
  });

  test("of 23 and 25 hours begin at midnight too", () => {
    const short = startOfDay(Date.parse("2025-03-09T20:00:00Z"), "America/New_York");
    const long = startOfDay(Date.parse("2025-11-02T20:00:00Z"), "America/New_York");
    expect(short).toBe(Date.parse("2025-03-09T05:00:00Z"));
    expect(long).toBe(Date.parse("2025-11-02T04:00:00Z"));
    expect(startOfDay(short + 23 * HOUR_MS, "America/New_York")).toBe(short + 23 * HOUR_MS);
    expect(startOfDay(long + 25 * HOUR_MS - 1, "America/New_York")).toBe(long);
  });

  test("without a midnight begin where the clock jumps", () => {
    expect(startOfDay(Date.parse("2025-09-07T12:00:00Z"), "America/Santiago")).toBe(Date.parse("2025-09-07T04:00:00Z"));
  });

  test("with two midnights begin at the first", () => {
    expect(startOfDay(Date.parse("2025-11-02T12:00:00Z"), "America/Havana")).toBe(Date.parse("2025-11-02T04:00:00Z"));
  });
});

describe("zones", () => {
  test("are names that the browser knows, or offsets", () => {
    expect(["UTC", "Asia/Shanghai", "+08:00", "local"].map(isZone)).toEqual([true, true, true, true]);
    expect(["Mars/Olympus", "", "+8"].map(isZone)).toEqual([false, false, false]);
  });

  test.each(["Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"])(
    "called local are the machine's: %s",
    (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      for (let ms = Date.UTC(2025, 0); ms < Date.UTC(2026, 0); ms += 7 * HOUR_MS) {
        expect(offsetMs(ms, "local")).toBe(offsetMs(ms, zone));
      }
      expect(zoneName("local")).not.toBe("local");
      process.env.TZ = before;
    },
  );
});

describe("what a date field says", () => {
  test("is read with and without seconds", () => {
    expect(browserDateWall("2025-08-25T21:39")).toEqual({ y: 2025, m: 8, d: 25, h: 21, min: 39, s: 0 });
    expect(browserDateWall("2025-08-25T21:39:44.000")).toEqual({ y: 2025, m: 8, d: 25, h: 21, min: 39, s: 44 });
  });

  test("is nothing while it is empty or half typed", () => {
    expect(browserDateWall("")).toBeNull();
    expect(browserDateWall("2025-08-25")).toBeNull();
  });

  test("comes back as the moment that it was filled with", () => {
    const ms = Date.parse("2025-08-25T13:39:44Z");
    expect(browserDateText(ms, "Asia/Shanghai")).toBe("2025-08-25T21:39:44");
    expect(wallToMs(wall(browserDateText(ms, "Asia/Shanghai")), "Asia/Shanghai")).toBe(ms);
  });
});
