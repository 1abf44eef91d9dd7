import { expect, test } from "vitest";
import type { Status } from "@/api/schemas.ts";
import { status } from "@/state/samples.ts";
import { hasGapSince } from "./gaps.ts";

const statusWith = (fromMs: number, toMs: number): Status => ({
  ...status(),
  usage: { ...status().usage, gaps: [{ fromMs, toMs }] },
});

test("a gap that reaches into the time up to now leaves it incomplete, one that ended before does not", () => {
  expect(hasGapSince({ status: statusWith(10, 20) }, 15)).toBe(true);
  expect(hasGapSince({ status: statusWith(10, 20) }, 20)).toBe(false);
});

test("nothing is missing as far as is known while nothing has been told", () => {
  expect(hasGapSince({ status: null }, 0)).toBe(false);
});
