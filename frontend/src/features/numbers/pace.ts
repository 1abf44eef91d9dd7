// Owns how the last hour compares with the hour before. The words for it are `Pace`'s.
import type { Burn } from "@/state/figures.ts";

export type Pace =
  | { kind: "quiet" | "same" | "fresh" }
  /** By which part of the hour before, 0.25 for a quarter more or less. */
  | { kind: "more" | "less"; share: number }
  | { kind: "times"; times: number };

/** From ten times on, percentages say nothing to anybody. */
const TIMES_FROM = 10;
const LEAST_CHANGE = 0.005;

export function paceOf({ lastHourMicros, hourBeforeMicros }: Burn): Pace {
  if (hourBeforeMicros === 0) return { kind: lastHourMicros === 0 ? "quiet" : "fresh" };
  const change = lastHourMicros / hourBeforeMicros - 1;
  if (Math.abs(change) < LEAST_CHANGE) return { kind: "same" };
  if (change + 1 >= TIMES_FROM) return { kind: "times", times: Math.round(change + 1) };
  return { kind: change > 0 ? "more" : "less", share: Math.abs(change) };
}
