// Owns the figures beside the chart: sums, today, the rate of burning, the newest charge. Pure functions of the state.
import type { Charge, ModelTotal } from "@/api/schemas.ts";
import type { State } from "@/state/model.ts";
import { within } from "@/state/records.ts";
import { totalsOf } from "@/state/sums.ts";

const HOUR_MS = 3_600_000;

export interface Total {
  micros: number;
  requests: number;
}

export function sumOf(totals: readonly Pick<ModelTotal, "micros" | "requests">[]): Total {
  return totals.reduce(
    (sum, { micros, requests }) => ({ micros: sum.micros + micros, requests: sum.requests + requests }),
    { micros: 0, requests: 0 },
  );
}

/** Returns what was charged since midnight, or null where that is not known yet. */
export function todayOf({ today }: State): Total | null {
  return today.data?.kind === "sums" ? sumOf(totalsOf(today.data)) : null;
}

export interface Burn {
  lastHourMicros: number;
  hourBeforeMicros: number;
}

/** Returns what the last 60 minutes cost, and the 60 before; null where they are not known yet. */
export function burnOf({ recent, nowMs }: State): Burn | null {
  if (recent.data?.kind !== "records") return null;
  const sum = (fromMs: number, toMs: number) =>
    within(recent.data?.kind === "records" ? recent.data.charges : [], fromMs, toMs).reduce(
      (micros, charge) => micros + charge.micros,
      0,
    );
  return {
    lastHourMicros: sum(nowMs - HOUR_MS, Infinity),
    hourBeforeMicros: sum(nowMs - 2 * HOUR_MS, nowMs - HOUR_MS),
  };
}

/** Returns the newest charge that is known of, or null where there is none. */
export function newestOf({ status, recent }: State): Charge | null {
  const told = status?.usage.latest ?? null;
  const kept = recent.data?.kind === "records" ? (recent.data.charges.at(-1) ?? null) : null;
  if (!told || !kept) return told ?? kept;
  return kept.createdMs > told.createdMs || (kept.createdMs === told.createdMs && kept.id >= told.id) ? kept : told;
}
