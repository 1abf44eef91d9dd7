import { expect, test } from "vitest";
import { verdictOf } from "./verdict.ts";

const DEAD = {
  task: { state: "cookie_invalid", enabled: true, error: { code: "cookie_invalid", detail: "", at: 1 } },
  cookie: { present: true, valid: false },
} as const;
const ASKING = {
  task: { state: "polling", enabled: true, error: null },
  cookie: { present: true, valid: null },
} as const;

test("a cookie that stopped the polling is dead", () => {
  expect(verdictOf(DEAD)).toBe("dead");
});

test("as long as the relay has not said what it thinks of another one, nothing is settled", () => {
  expect(verdictOf(ASKING)).toBe("open");
});

test("a cookie that is accepted is fine", () => {
  expect(verdictOf({ ...ASKING, cookie: { present: true, valid: true } })).toBe("fine");
});

test("a relay that cannot be asked demands no cookie", () => {
  const error = { code: "upstream_unavailable", detail: "", at: 1 };
  expect(verdictOf({ ...ASKING, task: { ...ASKING.task, error } })).toBe("fine");
});

test("where the switch is off or the cookie was deleted, nothing is demanded", () => {
  expect(verdictOf({ ...DEAD, task: { ...DEAD.task, state: "off", enabled: false } })).toBe("fine");
  expect(
    verdictOf({ task: { ...ASKING.task, state: "cookie_missing" }, cookie: { present: false, valid: null } }),
  ).toBe("fine");
});
