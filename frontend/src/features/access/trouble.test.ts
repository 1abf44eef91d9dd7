import { expect, test } from "vitest";
import { NOT_KEPT } from "@/api/problem.ts";
import english from "@/strings/en/access.json";
import { troubleOf } from "./trouble.ts";

test("a wrong key, too many of them, and a browser that keeps no session are told apart", () => {
  const told = ["access_denied", "too_many_attempts", NOT_KEPT.code].map((code) => troubleOf({ code }));
  expect(new Set(told).size).toBe(3);
  for (const words of told) expect(Object.keys(english)).toContain(words);
});

test("what can go wrong anywhere is told as everywhere", () => {
  for (const code of ["unreachable", "storage_full", "internal_error"]) expect(troubleOf({ code })).toBeNull();
});
