import { expect, test } from "vitest";
import { INTERVAL_BOUNDS_S, INTERVALS_S, shortens, wholeNumber, withPresent } from "./choices.ts";

test("a configured value that is none of the usual ones stands among them, in order", () => {
  expect(withPresent(INTERVALS_S, 45)).toEqual([30, 45, 60, 300, 600, 900, 1_800, 3_600]);
  expect(withPresent(INTERVALS_S, 86_400).at(-1)).toBe(86_400);
});

test("a usual value is not offered twice", () => {
  expect(withPresent(INTERVALS_S, 60)).toEqual(INTERVALS_S);
});

test("a number within the bounds is taken, the bounds included", () => {
  expect(wholeNumber("10", INTERVAL_BOUNDS_S)).toBe(10);
  expect(wholeNumber(" 86400 ", INTERVAL_BOUNDS_S)).toBe(86_400);
});

test.each(["", " ", "9", "86401", "1.5", "-60", "1e3", "６０", "60s", "0x3c"])("%j is no interval", (text) => {
  expect(wholeNumber(text, INTERVAL_BOUNDS_S)).toBeNull();
});

test("only keeping for less long deletes anything", () => {
  expect(shortens(30, null)).toBe(true);
  expect(shortens(30, 90)).toBe(true);
  expect(shortens(90, 90)).toBe(false);
  expect(shortens(365, 90)).toBe(false);
  expect(shortens(null, 7)).toBe(false);
});
