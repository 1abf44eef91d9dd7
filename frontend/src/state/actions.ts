// Owns what a person can do: each action asks the server where it must, and tells the state.
import { patchConfig } from "@/api/config.ts";
import { checkCookie, deleteCookie, saveCookie } from "@/api/cookie.ts";
import { NOT_KEPT, type Problem, type Result, UNREACHABLE } from "@/api/problem.ts";
import type { Config, Cookie, RefreshAnswer } from "@/api/schemas.ts";
import { endSession, getSession, isDenied, openSession } from "@/api/session.ts";
import { putTask, refresh } from "@/api/task.ts";
import type { Store } from "@/state/store.ts";

export interface Actions {
  /** Shown at once, and undone when refused. */
  patchConfig: (patch: Partial<Config>) => Promise<Problem | null>;
  saveCookie: (text: string) => Promise<Result<Cookie>>;
  checkCookie: () => Promise<Result<Cookie>>;
  deleteCookie: () => Promise<Result<Cookie>>;
  setEnabled: (enabled: boolean) => Promise<Problem | null>;
  refresh: () => Promise<Result<RefreshAnswer>>;
  /** Shows the last so many minutes, and remembers that; leaves a stretch that was chosen. */
  showLive: (minutes: number) => void;
  showFixed: (fromMs: number, toMs: number) => void;
  zoomTo: (fromMs: number, toMs: number) => void;
  unzoom: () => void;
  /** Asks again for what failed. */
  reload: () => void;
  /** Gives the access key; where that opens the page, or the server is back, everything comes back by itself. */
  signIn: (key: string) => Promise<Problem | null>;
  /** Ends this browser's session, in all its tabs. */
  signOut: () => Promise<Problem | null>;
  /** Whether there is a session that could be ended; not, where that cannot be known. */
  asksForKey: () => Promise<boolean>;
}

export function makeActions({ dispatch, comeBack }: Store): Actions {
  // One after the other, so that what is chosen last is what is kept.
  let patches: Promise<unknown> = Promise.resolve();

  function patch(change: Partial<Config>): Promise<Problem | null> {
    dispatch({ type: "patching", patch: change });
    const sent = patches.then(async () => {
      const result = await patchConfig(change);
      dispatch({ type: "patched", patch: change, config: result.ok ? result.value : null });
      return result.ok ? null : result.problem;
    });
    patches = sent;
    return sent;
  }

  return {
    patchConfig: patch,
    saveCookie,
    checkCookie,
    deleteCookie,
    setEnabled: async (enabled) => {
      const result = await putTask(enabled);
      return result.ok ? null : result.problem;
    },
    refresh,
    showLive: (rangeMinutes) => {
      dispatch({ type: "fixed", stretch: null });
      void patch({ rangeMinutes });
    },
    showFixed: (fromMs, toMs) => dispatch({ type: "fixed", stretch: { fromMs, toMs } }),
    zoomTo: (fromMs, toMs) => dispatch({ type: "zoom", stretch: { fromMs, toMs } }),
    unzoom: () => dispatch({ type: "zoom", stretch: null }),
    reload: () => dispatch({ type: "reload" }),
    signIn: async (key) => {
      const opened = await openSession(key);
      if (!opened.ok && opened.problem === UNREACHABLE) {
        dispatch({ type: "told", event: { kind: "link", link: "closed" }, nowMs: Date.now() });
        comeBack(); // the stream looks for the server again, which it would not for long while the page is locked
      }
      if (!opened.ok) return opened.problem;
      if (await isDenied()) return NOT_KEPT;
      comeBack();
      return null;
    },
    signOut: async () => {
      const ended = await endSession();
      if (!ended.ok && ended.problem.code !== "access_denied") return ended.problem;
      // The server ends the stream as well; the other tabs learn it by that.
      dispatch({ type: "told", event: { kind: "access", denied: true }, nowMs: Date.now() });
      return null;
    },
    asksForKey: async () => {
      const answer = await getSession();
      return answer.ok && answer.value.required;
    },
  };
}
