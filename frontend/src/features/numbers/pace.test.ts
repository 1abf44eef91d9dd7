import { expect, test } from "vitest";
import { paceOf } from "./pace.ts";

const pace = (lastHourMicros: number, hourBeforeMicros: number) => paceOf({ lastHourMicros, hourBeforeMicros });

test("a quarter more and a quarter less are told as such", () => {
  expect(pace(125, 100)).toEqual({ kind: "more", share: 0.25 });
  expect(pace(75, 100)).toEqual({ kind: "less", share: 0.25 });
});

test("an hour without a charge after one with charges is all of it less", () => {
  expect(pace(0, 100)).toEqual({ kind: "less", share: 1 });
});

test("nothing is compared with an hour in which nothing was charged", () => {
  expect(pace(5, 0)).toEqual({ kind: "fresh" });
  expect(pace(0, 0)).toEqual({ kind: "quiet" });
});

test("a change that would round to no percent at all is none", () => {
  expect(pace(10_049, 10_000)).toEqual({ kind: "same" });
  expect(pace(10_051, 10_000).kind).toBe("more");
});

test("ten times as much is told in times", () => {
  expect(pace(999, 100).kind).toBe("more");
  expect(pace(1000, 100)).toEqual({ kind: "times", times: 10 });
});
