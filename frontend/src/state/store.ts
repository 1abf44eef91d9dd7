// Owns the state while the page lives: the reducer's value, who listens to it, the stream and the clock that feed it.
import { openFeed } from "@/api/feed.ts";
import { configOf } from "@/state/config.ts";
import { makeLoader } from "@/state/loader.ts";
import { emptyState, type State } from "@/state/model.ts";
import { needs, recentMinutes } from "@/state/needs.ts";
import { type Action, reduce } from "@/state/reducer.ts";

const TICK_MS = 20_000;
/** As often the figures beside the chart are told anew, whatever the window. */
const LONGEST_PAUSE_MS = 60_000;
/** A live window is moved on by about two pixels at a time; a page left alone has to stay idle. */
const STEPS_IN_WINDOW = 600;
/** What the stream is opened with before the server has told the configuration: what it told the last time. */
const MINUTES_KEY = "ccurve.minutes";

export interface Store {
  get: () => State;
  subscribe: (listener: () => void) => () => void;
  dispatch: (action: Action) => void;
  /** Has the stream try again at once, in whichever tab it is. */
  comeBack: () => void;
}

/** Opens the stream and keeps the state; nothing ends it but the page's end. */
export function startStore(): Store {
  let state = emptyState(Date.now());
  const listeners = new Set<() => void>();
  const loader = makeLoader(dispatch);

  function dispatch(action: Action) {
    const next = reduce(state, action);
    if (next === state) return;
    state = next;
    for (const need of needs(state)) void loader.load(need);
    for (const listener of listeners) listener();
  }

  const feed = openFeed({
    minutes: () => (state.config ? recentMinutes(state) : rememberedMinutes()),
    tell: (event) => {
      if (event.kind === "usage" && !event.reset) loader.overhear(event.charges);
      dispatch({ type: "told", event, nowMs: Date.now() });
      if (event.kind === "config") localStorage.setItem(MINUTES_KEY, String(recentMinutes(state)));
    },
    onFollow: () => dispatch({ type: "following" }),
  });
  setInterval(() => isDue(state) && moveOn(), TICK_MS);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && moveOn());

  function moveOn() {
    dispatch({ type: "now", nowMs: Date.now() });
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch,
    comeBack: feed.comeBack,
  };
}

/** Whether what is shown has moved on enough to be drawn anew; also backwards, where the clock was put right. */
function isDue(state: State): boolean {
  const inView = document.visibilityState === "visible";
  const pauseMs = inView ? (configOf(state).rangeMinutes * 60_000) / STEPS_IN_WINDOW : LONGEST_PAUSE_MS;
  return Math.abs(Date.now() - state.nowMs) >= Math.min(Math.max(pauseMs, TICK_MS), LONGEST_PAUSE_MS) - TICK_MS / 2;
}

function rememberedMinutes(): number {
  const minutes = Number(localStorage.getItem(MINUTES_KEY));
  return Number.isInteger(minutes) && minutes >= 120 && minutes <= 1_440 ? minutes : 120;
}
