import { expect, test } from "vitest";
import { checked } from "./stretch.ts";

const NOW_MS = Date.parse("2025-08-25T13:39:44Z");

const inShanghai = (from: string, to: string) => checked({ from, to }, "Asia/Shanghai", NOW_MS);

test("two wall times are a stretch in the person's zone", () => {
  expect(inShanghai("2025-08-25T20:00:00", "2025-08-25T21:30")).toEqual({
    ok: true,
    fromMs: Date.parse("2025-08-25T12:00:00Z"),
    toMs: Date.parse("2025-08-25T13:30:00Z"),
  });
});

test("a stretch may end in the future", () => {
  expect(inShanghai("2025-08-25T20:00", "2025-08-26T00:00").ok).toBe(true);
});

test("what is missing is told at each field", () => {
  expect(inShanghai("", "")).toEqual({ ok: false, mistakes: { from: "empty", to: "empty" } });
  expect(inShanghai("2025-08-25T20:00", "")).toEqual({ ok: false, mistakes: { to: "empty" } });
});

test("an end that is not behind the beginning is told", () => {
  expect(inShanghai("2025-08-25T20:00", "2025-08-25T20:00")).toEqual({ ok: false, mistakes: { to: "order" } });
  expect(inShanghai("2025-08-25T20:00", "2025-08-24T20:00")).toEqual({ ok: false, mistakes: { to: "order" } });
});

test("a stretch that lies in the future entirely is told", () => {
  expect(inShanghai("2025-08-25T21:40", "2025-08-25T22:00")).toEqual({ ok: false, mistakes: { from: "future" } });
});

test("366 days can be shown, and not a second more", () => {
  expect(inShanghai("2024-08-24T20:00:00", "2025-08-25T20:00:00").ok).toBe(true);
  expect(inShanghai("2024-08-24T19:59:59", "2025-08-25T20:00:00")).toEqual({ ok: false, mistakes: { from: "long" } });
});

test("a time that the clock skips is told at its field", () => {
  const inNewYork = checked({ from: "2025-03-09T02:30", to: "2025-03-09T04:00" }, "America/New_York", NOW_MS);
  expect(inNewYork).toEqual({ ok: false, mistakes: { from: "skipped" } });
});
