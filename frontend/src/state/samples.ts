// Owns charges, sums and states for the tests of this room.
import type { Charge, Config, Status } from "@/api/schemas.ts";
import { DEFAULTS } from "@/state/config.ts";
import { emptyState, type State, type Sums } from "@/state/model.ts";
import { type Action, reduce } from "@/state/reducer.ts";

export const NOW_MS = Date.UTC(2025, 7, 25, 13, 0, 0);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function charge(id: number, createdMs: number, micros = 1_000_000, model = "sonnet"): Charge {
  const time = new Date(createdMs).toISOString().slice(0, 19).replace("T", " ");
  return { id, model, micros, createdMs, time };
}

export function status(latest: Charge | null = null): Status {
  return {
    version: "0.1.0",
    demo: false,
    task: {
      enabled: true,
      state: "polling",
      lastPollAt: NOW_MS,
      lastSuccessAt: NOW_MS,
      nextPollAt: NOW_MS + MINUTE_MS,
      failures: 0,
      error: null,
    },
    cookie: { present: true, valid: true, checkedAt: NOW_MS, names: ["session"] },
    usage: { records: 1, cursor: "store-1", latest, gaps: [] },
  };
}

export function sums(change: Partial<Sums> = {}): Sums {
  return {
    kind: "sums",
    fromMs: NOW_MS - 30 * DAY_MS,
    toMs: null,
    bucketMs: HOUR_MS,
    series: [{ model: "sonnet", points: [{ startMs: NOW_MS - 2 * HOUR_MS, micros: 5_000_000, requests: 2 }] }],
    totals: [{ model: "sonnet", micros: 5_000_000, requests: 2, latestMs: NOW_MS - HOUR_MS }],
    newestMs: NOW_MS - HOUR_MS,
    since: [],
    outdated: false,
    ...change,
  };
}

export const played = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state);

/** What a page knows once its stream is open: the configuration, the status, the charges of two hours. */
export function opened(charges: Charge[] = [], config: Partial<Config> = {}, minutes = 120): State {
  const nowMs = NOW_MS;
  return played(
    emptyState(nowMs),
    { type: "told", event: { kind: "link", link: "open" }, nowMs },
    { type: "told", event: { kind: "status", status: status(charges.at(-1) ?? null) }, nowMs },
    { type: "told", event: { kind: "config", config: { ...DEFAULTS, timeZone: "UTC", ...config } }, nowMs },
    { type: "told", event: { kind: "usage", reset: true, charges, minutes }, nowMs },
  );
}

export function told(charges: Charge[], nowMs = NOW_MS): Action {
  return { type: "told", event: { kind: "usage", reset: false, charges, minutes: 120 }, nowMs };
}
