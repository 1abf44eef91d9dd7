import { expect, test } from "vitest";
import { NOT_KEPT } from "@/api/problem.ts";
import english from "@/strings/en/access.json";
import { isOfTheKey, NOTHING, secondsLeft, troubleOf, waitOf } from "./trouble.ts";

const TOO_MANY = { code: "too_many_attempts", detail: "" };

test("no key, a wrong one, and a browser that keeps no session are told apart", () => {
  const told = ["access_denied", NOTHING.code, NOT_KEPT.code].map((code) => troubleOf({ code }));
  expect(new Set(told).size).toBe(3);
  for (const words of told) expect(Object.keys(english)).toContain(words);
});

test("what can go wrong anywhere is told as everywhere", () => {
  for (const code of ["unreachable", "storage_full", "internal_error"]) expect(troubleOf({ code })).toBeNull();
});

test("the field is at fault only where it holds no key or a wrong one", () => {
  for (const code of ["access_denied", NOTHING.code]) expect(isOfTheKey({ code })).toBe(true);
  for (const code of [TOO_MANY.code, NOT_KEPT.code, "storage_full"]) expect(isOfTheKey({ code })).toBe(false);
});

test("after too many keys the next one waits for as long as the server said, or for a minute", () => {
  expect(waitOf({ ...TOO_MANY, retryAfterS: 17 })).toBe(17);
  expect(waitOf(TOO_MANY)).toBe(60);
  expect(waitOf({ code: "access_denied", detail: "", retryAfterS: 17 })).toBe(0);
});

test("seconds are counted down to the end of the last one", () => {
  expect([0, 1, 999, 1000, 1999, 2000, 9000].map((nowMs) => secondsLeft(2000, nowMs))).toEqual([2, 2, 2, 1, 1, 0, 0]);
});
