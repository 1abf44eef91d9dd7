// Owns whether a figure that reaches up to now is all of it, or only what is known.
import type { State } from "@/state/model.ts";

/** Tells whether a gap reaches behind that moment. The status tells the newest gaps, which are those that matter here. */
export function hasGapSince({ status }: Pick<State, "status">, fromMs: number): boolean {
  return status?.usage.gaps.some((gap) => gap.toMs > fromMs) ?? false;
}
