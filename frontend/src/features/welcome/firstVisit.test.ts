import { expect, test } from "vitest";
import { isFirstVisit } from "./firstVisit.ts";

const FRESH = { demo: false, task: { enabled: false }, cookie: { present: false }, usage: { records: 0 } };

test("a fresh CCurve is a first visit", () => {
  expect(isFirstVisit(FRESH)).toBe(true);
});

test("it goes on being one between the cookie and the switch", () => {
  expect(isFirstVisit({ ...FRESH, cookie: { present: true } })).toBe(true);
});

test("it ends with the switch", () => {
  expect(isFirstVisit({ ...FRESH, cookie: { present: true }, task: { enabled: true } })).toBe(false);
});

test("whoever has records needs no welcome, cookie or not", () => {
  expect(isFirstVisit({ ...FRESH, usage: { records: 1 } })).toBe(false);
});

test("a demonstration needs none either", () => {
  expect(isFirstVisit({ ...FRESH, demo: true })).toBe(false);
});
