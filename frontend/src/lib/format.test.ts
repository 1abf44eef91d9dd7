import { describe, expect, test } from "vitest";
import {
  formatClock,
  formatCompact,
  formatCount,
  formatCredits,
  formatDate,
  formatMoment,
  formatShare,
  formatSpan,
  formatStretch,
  modelNames,
  shortModel,
} from "@/lib/format.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

describe("credits", () => {
  test.each([
    [0, "0"],
    [1, "0.000001"],
    [9_000_000, "9"],
    [1_234_500_000, "1,234.5"],
    [300_000, "0.3"],
    [334_000_000_000_000, "334,000,000"],
    [123_456_789_123_456, "123,456,789.123456"],
  ])("%d millionths are %s, to the last digit", (micros, text) => {
    expect(formatCredits(micros)).toBe(text);
  });

  test.each([
    [0, "0", "0"],
    [500, "0.0005", "0.0005"],
    [12_500_000, "12.5", "12.5"],
    [1_250_000_000, "1.25k", "1250"],
    [12_500_000_000, "12.5k", "1.25万"],
    [3_000_000_000_000, "3M", "300万"],
  ])("%d millionths are %s on an axis, %s in Chinese", (micros, english, chinese) => {
    expect(formatCompact(micros, "en")).toBe(english);
    expect(formatCompact(micros, "zh-CN")).toBe(chinese);
  });
});

test.each(["en", "zh-CN"])("credits and counts are written as the platform would: %s", (locale) => {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  for (let micros = 1; micros < 1e14; micros = Math.ceil(micros * 1.37)) {
    expect(formatCredits(micros)).toBe(numbers.format(micros / 1e6));
    expect(formatCount(micros)).toBe(numbers.format(micros));
  }
});

test("counts are grouped", () => {
  expect(formatCount(1234567)).toBe("1,234,567");
});

describe("shares", () => {
  test.each([
    [0, "0%"],
    [1, "100%"],
    [0.42, "42.0%"],
    [0.0567, "5.7%"],
    [0.00001, "<0.1%"],
    [0.99999, ">99.9%"],
  ])("%d is %s", (share, text) => {
    expect(formatShare(share, "en")).toBe(text);
  });
});

describe("moments", () => {
  const ms = Date.parse("2025-08-25T13:39:04.230Z");

  test("read as the zone's clock shows them", () => {
    expect(formatMoment(ms, "UTC")).toBe("2025-08-25 13:39:04");
    expect(formatMoment(ms, "Asia/Shanghai")).toBe("2025-08-25 21:39:04");
    expect(formatDate(ms + 3 * HOUR_MS, "+08:00")).toBe("2025-08-26");
    expect(formatClock(ms, "Asia/Kathmandu")).toBe("19:24:04");
  });

  test("at midnight are 00, not 24", () => {
    expect(formatClock(Date.parse("2025-08-25T16:00:00Z"), "Asia/Shanghai")).toBe("00:00:00");
  });
});

describe("stretches", () => {
  const from = Date.parse("2025-08-25T13:30:00Z");

  test.each([
    [from + 45 * MINUTE_MS, "2025-08-25 21:30 – 22:15"],
    [from + 45_000, "2025-08-25 21:30:00 – 21:30:45"],
    [from + 3 * HOUR_MS, "2025-08-25 21:30 – 2025-08-26 00:30"],
  ])("to %d are told without what need not be said", (to, text) => {
    expect(formatStretch(from, to, "Asia/Shanghai")).toBe(text);
  });
});

describe("spans", () => {
  const t = (key: string, { count }: { count: number }) => `${count}${key.replace("time:", "").charAt(0)}`;

  test.each([
    [0, "0s"],
    [499, "0s"],
    [45_000, "45s"],
    [59_600, "1m"],
    [5 * MINUTE_MS, "5m"],
    [5 * MINUTE_MS + 12_000, "5m 12s"],
    [90 * MINUTE_MS, "1h 30m"],
    [24 * HOUR_MS - 20_000, "24h"],
    [48 * HOUR_MS - 20_000, "2d"],
    [HOUR_MS - 400, "1h"],
    [51 * HOUR_MS, "2d 3h"],
    [30 * DAY_MS, "30d"],
    [-5, "0s"],
  ])("%d ms are %s", (ms, text) => {
    expect(formatSpan(ms, t)).toBe(text);
  });
});

describe("model names", () => {
  test.each([
    ["claude-sonnet-4-20250514", "sonnet-4"],
    ["claude-3-5-haiku-20241022", "3-5-haiku"],
    ["claude-opus-4-1", "opus-4-1"],
    ["claude-3-7-sonnet-latest", "3-7-sonnet-latest"],
    ["gpt-5", "gpt-5"],
    ["claude-", "claude-"],
    ["claude-20250514", "20250514"],
    ["", ""],
  ])("%s is short for %s", (model, short) => {
    expect(shortModel(model)).toBe(short);
  });

  test("are whole where two models would share a short one", () => {
    const models = ["claude-sonnet-4-20250514", "claude-sonnet-4-20250601", "claude-opus-4-20250514"];
    expect([...modelNames(models).values()]).toEqual([...models.slice(0, 2), "opus-4"]);
  });
});
