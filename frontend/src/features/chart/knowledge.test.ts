import { expect, test } from "vitest";
import type { Status, Task } from "@/api/schemas.ts";
import { emptyState, type State } from "@/state/model.ts";
import { status } from "@/state/samples.ts";
import { isAnswerMissing, knownUntilMs } from "./knowledge.ts";

const NOW_MS = 1_000_000_000;
const MINUTE_MS = 60_000;

function asked(task: Partial<Task>): State {
  const known = status();
  const never = { lastPollAt: null, lastSuccessAt: null, nextPollAt: null };
  const told: Status = { ...known, task: { ...known.task, ...never, ...task } };
  return { ...emptyState(NOW_MS), status: told };
}

test("as long as the relay answers, all is known until now", () => {
  const state = asked({ lastSuccessAt: NOW_MS - MINUTE_MS });
  expect(knownUntilMs(state)).toBe(Infinity);
  expect(isAnswerMissing(state)).toBe(false);
});

test("before anything was told, and before the first answer, nothing is missing", () => {
  for (const state of [emptyState(NOW_MS), asked({})]) {
    expect(knownUntilMs(state)).toBe(Infinity);
    expect(isAnswerMissing(state)).toBe(false);
  }
});

test("when the relay stops answering, all is known until it did, and an answer is missing after two intervals", () => {
  const [soon, later] = [100_000, 160_000].map((ageMs) => asked({ lastSuccessAt: NOW_MS - ageMs, failures: 2 }));
  expect(soon && knownUntilMs(soon)).toBe(NOW_MS - 100_000);
  expect(soon && isAnswerMissing(soon)).toBe(false);
  expect(later && isAnswerMissing(later)).toBe(true);
});

test("of a stretch that reaches into the future, nothing is known beyond now", () => {
  const fixed = { fromMs: NOW_MS - MINUTE_MS, toMs: NOW_MS + MINUTE_MS };
  expect(knownUntilMs({ ...asked({ lastSuccessAt: NOW_MS }), fixed })).toBe(NOW_MS);
});

test("while nobody asks, an answer is missing at once", () => {
  expect(isAnswerMissing(asked({ enabled: false, lastSuccessAt: NOW_MS - 2 * MINUTE_MS }))).toBe(true);
});

test("where there never was an answer, nothing is known", () => {
  const state = asked({ enabled: false, state: "off" });
  expect(knownUntilMs(state)).toBe(-Infinity);
  expect(isAnswerMissing(state)).toBe(true);
});
