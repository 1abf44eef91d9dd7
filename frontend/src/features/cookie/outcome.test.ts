import { expect, test } from "vitest";
import { outcomeOf } from "./outcome.ts";

test("only a cookie that the relay accepts is good news", () => {
  expect(outcomeOf({ valid: true })).toEqual({ tone: "ok", words: "accepted" });
  expect(outcomeOf({ valid: false })).toEqual({ tone: "danger", words: "refused" });
});

test("a relay that could not be asked is no refusal", () => {
  expect(outcomeOf({ valid: null })).toEqual({ tone: "warn", words: "unchecked" });
});
