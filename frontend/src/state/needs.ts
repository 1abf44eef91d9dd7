// Owns what the page has to ask the server for beyond the stream: a pure function of the state. Asking is `loader`'s.
import { startOfDay } from "@/lib/zone.ts";
import { configOf, zoneOf } from "@/state/config.ts";
import type { Loaded, Slot, State } from "@/state/model.ts";

const MINUTE_MS = 60_000;
const DAY_MIN = 1_440;
/** What the last hour is compared with has to be known too. */
const LEAST_RECENT_MIN = 120;
const DAY_S = 86_400;

export interface Need {
  slot: Slot;
  key: string;
  fromMs: number;
  /** Null where the window goes on growing. */
  toMs: number | null;
  /** Summed into buckets of so many seconds, or null for each charge. */
  bucketSeconds: number | "auto" | null;
}

/** How many minutes of charges are kept: what the live window shows, but a day at most and two hours at least. */
export function recentMinutes(state: State): number {
  const minutes = configOf(state).rangeMinutes;
  return minutes > DAY_MIN ? LEAST_RECENT_MIN : Math.max(LEAST_RECENT_MIN, minutes);
}

/** Whether the window in view lies in what is kept anyway. */
export function isRecent(state: State): boolean {
  const stretch = state.zoom ?? state.fixed;
  if (!stretch) return configOf(state).rangeMinutes <= DAY_MIN;
  const data = state.recent.data;
  return data !== null && stretch.fromMs >= data.fromMs;
}

/** Returns what is to be asked for now, by the page's own clock, since that is what windows end by; nothing that is under way. */
export function needs(state: State): Need[] {
  if (!state.config) return [];
  return [recentNeed(state), windowNeed(state), todayNeed(state)].filter((need) => need !== null);
}

function recentNeed(state: State): Need | null {
  const { data } = state.recent;
  if (!data && !state.following) return null; // the stream brings it
  const minutes = recentMinutes(state);
  const fromMs = state.nowMs - minutes * MINUTE_MS;
  if (data && data.fromMs <= fromMs) return null;
  const key = `range=${minutes}`;
  if (isSettled(state.recent, key)) return null;
  return { slot: "recent", key, fromMs, toMs: null, bucketSeconds: null };
}

function windowNeed(state: State): Need | null {
  if (isRecent(state)) return null;
  const stretch = state.zoom ?? state.fixed;
  const minutes = configOf(state).rangeMinutes;
  const key = stretch ? `from=${stretch.fromMs}&to=${stretch.toMs}` : `range=${minutes}`;
  const fromMs = state.nowMs - minutes * MINUTE_MS;
  if (isSettled(state.window, key) || isCurrent(state.window, key, fromMs)) return null;
  if (!stretch) return { slot: "window", key, fromMs, toMs: null, bucketSeconds: "auto" };
  const isLong = stretch.toMs - stretch.fromMs > DAY_MIN * MINUTE_MS;
  return { slot: "window", key, ...stretch, bucketSeconds: isLong ? "auto" : null };
}

function todayNeed(state: State): Need | null {
  const fromMs = startOfDay(state.nowMs, zoneOf(state));
  const key = `from=${fromMs}`;
  if (isSettled(state.today, key) || isCurrent(state.today, key, fromMs)) return null;
  return { slot: "today", key, fromMs, toMs: null, bucketSeconds: DAY_S };
}

/** Asked and not answered yet, or failed until somebody tries again. */
function isSettled(slot: Loaded, key: string): boolean {
  return slot.key === key && (slot.busy || slot.problem !== null);
}

/** Answered, and still right: nothing came that the sums cannot tell from what they hold, and no bucket has slid out. */
function isCurrent(slot: Loaded, key: string, fromMs: number): boolean {
  const { data, dataKey } = slot;
  if (dataKey !== key || !data) return false;
  if (data.kind === "records") return true;
  if (data.outdated) return false;
  return data.toMs !== null || fromMs - data.fromMs < data.bucketMs;
}
