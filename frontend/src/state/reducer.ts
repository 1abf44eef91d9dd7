// Owns how the state changes: a pure function of what was told and done. What is asked for next is `needs`'.
import type { FeedEvent, Link } from "@/api/events.ts";
import type { Problem } from "@/api/problem.ts";
import type { Charge, Config, Gap } from "@/api/schemas.ts";
import {
  emptyState,
  type Loaded,
  type Records,
  type Slot,
  type State,
  type Stretch,
  type Sums,
} from "@/state/model.ts";
import { recentMinutes } from "@/state/needs.ts";
import { merged } from "@/state/records.ts";
import { withCharges } from "@/state/sums.ts";

const MINUTE_MS = 60_000;

export type Action =
  | { type: "told"; event: FeedEvent; nowMs: number }
  | { type: "following" }
  | { type: "asked"; slot: Slot; key: string }
  /** `since` are the charges that were told while the answer was on its way. */
  | { type: "answered"; slot: Slot; key: string; data: Records | Sums; gaps: readonly Gap[]; since: readonly Charge[] }
  | { type: "failed"; slot: Slot; key: string; problem: Problem }
  | { type: "reload" }
  | { type: "patching"; patch: Partial<Config> }
  /** `config` is null where the change was refused. */
  | { type: "patched"; patch: Partial<Config>; config: Config | null }
  | { type: "fixed"; stretch: Stretch | null }
  | { type: "zoom"; stretch: Stretch | null }
  | { type: "now"; nowMs: number };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "told":
      return told({ ...state, nowMs: action.nowMs }, action.event);
    case "following":
      return { ...state, following: true };
    case "asked":
      return { ...state, [action.slot]: { ...state[action.slot], key: action.key, busy: true, problem: null } };
    case "answered":
      return answered(state, action);
    case "failed":
      return withSlot(state, action.slot, action.key, { busy: false, problem: action.problem });
    case "reload":
      return withoutProblems(state);
    case "patching":
      return { ...state, pending: [...state.pending, action.patch] };
    case "patched":
      return {
        ...state,
        config: state.locked ? null : (action.config ?? state.config),
        pending: state.pending.filter((patch) => patch !== action.patch),
      };
    case "fixed":
      return { ...state, fixed: action.stretch, zoom: null };
    case "zoom":
      return { ...state, zoom: action.stretch };
    case "now":
      return { ...state, nowMs: action.nowMs };
  }
}

function told(state: State, event: FeedEvent): State {
  switch (event.kind) {
    case "link":
      return linked(state, event.link);
    case "access":
      return event.denied ? lockedOf(state) : { ...state, locked: false };
    default:
      return state.locked ? state : learned(state, event); // what was on its way still
  }
}

/** Nothing stays of what was known, but whether another tab has the stream. */
function lockedOf({ nowMs, following }: State): State {
  return { ...emptyState(nowMs), following, locked: true };
}

function learned(state: State, event: Exclude<FeedEvent, { kind: "link" | "access" }>): State {
  switch (event.kind) {
    case "status":
      return { ...state, status: event.status };
    case "config":
      return { ...state, config: event.config };
    case "usage":
      return event.reset ? reset(state, event.charges, event.minutes) : grown(state, event.charges);
  }
}

function linked(state: State, link: Link): State {
  if (link === "open") return withoutProblems({ ...state, link, lostMs: null });
  return { ...state, link, lostMs: state.link === "open" ? state.nowMs : state.lostMs };
}

/** What was known may be of another store, or miss something: all of it is asked for again. */
function reset(state: State, charges: readonly Charge[], minutes: number): State {
  const fromMs = state.nowMs - minutes * MINUTE_MS;
  const data: Records = { kind: "records", fromMs, toMs: null, charges: merged([], charges, 0) };
  return {
    ...state,
    recent: { ...state.recent, key: "", data, dataKey: "", busy: false, problem: null },
    window: { ...state.window, key: "", dataKey: null, busy: false },
    today: { ...state.today, key: "", dataKey: null, busy: false },
  };
}

function grown(state: State, charges: readonly Charge[]): State {
  return {
    ...state,
    recent: grownSlot(state.recent, charges, state.nowMs - recentMinutes(state) * MINUTE_MS),
    window: grownSlot(state.window, charges),
    today: grownSlot(state.today, charges),
  };
}

/** Adds charges to what a slot holds; drops what is older than `keepMs`. */
function grownSlot(slot: Loaded, charges: readonly Charge[], keepMs = -Infinity): Loaded {
  const { data } = slot;
  if (!data) return slot;
  if (data.kind === "sums") return { ...slot, data: withCharges(data, charges) };
  const toMs = data.toMs ?? Infinity;
  const fromMs = Math.max(data.fromMs, keepMs);
  const inside = charges.filter(({ createdMs }) => createdMs < toMs);
  return { ...slot, data: { ...data, fromMs, charges: merged(data.charges, inside, fromMs) } };
}

function answered(state: State, action: Extract<Action, { type: "answered" }>): State {
  const { slot, key, data, gaps, since } = action;
  const next = withSlot(state, slot, key, { data, dataKey: key, gaps, busy: false, problem: null });
  return next === state ? state : { ...next, [slot]: grownSlot(next[slot], since) };
}

/** Answers to a question that is not asked any more change nothing. */
function withSlot(state: State, slot: Slot, key: string, change: Partial<Loaded>): State {
  return state[slot].key === key ? { ...state, [slot]: { ...state[slot], ...change } } : state;
}

function withoutProblems(state: State): State {
  const cleared = (slot: Loaded): Loaded => (slot.problem ? { ...slot, key: "", problem: null } : slot);
  return { ...state, recent: cleared(state.recent), window: cleared(state.window), today: cleared(state.today) };
}
