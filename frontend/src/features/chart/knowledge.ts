// Owns until when it is known what was charged: as long as the relay answers, until now. Pure.
import { configOf } from "@/state/config.ts";
import type { State } from "@/state/model.ts";

/** Between two answers nothing is known either, but in so short a time nobody misses it. */
const UNNOTICED_MS = 90_000;
const SLACK_MS = 30_000;

/** Returns the moment of the relay's last answer, or Infinity where all that is looked at can be known. */
export function knownUntilMs(state: State): number {
  const ageMs = answerAgeMs(state);
  if (ageMs > UNNOTICED_MS) return state.nowMs - ageMs;
  const endMs = (state.zoom ?? state.fixed)?.toMs ?? 0;
  return endMs > state.nowMs ? state.nowMs : Infinity;
}

/** Whether an answer should have come since, or nobody asks: then what is not known wants a word. */
export function isAnswerMissing(state: State): boolean {
  const ageMs = answerAgeMs(state);
  if (ageMs <= UNNOTICED_MS) return false;
  return !state.status?.task.enabled || ageMs > 2 * configOf(state).intervalSeconds * 1000 + SLACK_MS;
}

/** Zero where nothing is to be said of it yet, Infinity where there has been no answer. */
function answerAgeMs({ status, nowMs }: State): number {
  if (!status) return 0;
  const { lastSuccessAt, enabled, failures } = status.task;
  if (lastSuccessAt === null) return enabled && failures === 0 ? 0 : Infinity;
  return Math.max(0, nowMs - lastSuccessAt);
}
