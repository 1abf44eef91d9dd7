// Owns one EventSource: opened again by itself, with growing pauses, from where it was. Who listens is `feed`'s.
//
// The browser's own coming back is not used: it gives up for good on an answer such as 502 of a proxy, and cannot be
// told that the machine has just woken up.
import { EVENT_NAMES, type FeedEvent, readEvent } from "@/api/events.ts";
import { isDenied } from "@/api/session.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** While the access key has yet to be given: whoever gives it says so. */
const DENIED_PAUSE_MS = 30_000;
/** Timers of a tab in the background may be a minute late; later than this, the machine slept. */
const SLEPT_MS = 90_000;
const LOOK_MS = 10_000;

export interface Stream {
  close: () => void;
  /** Tries again at once, where it is waiting to. */
  comeBack: () => void;
}

/** Opens the stream of the last `minutes` (1 to 1,440) and tells what it says until it is closed. */
export function openStream(minutes: number, tell: (event: FeedEvent) => void): Stream {
  let source: EventSource | null = null;
  let lastId = "";
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let lookedMs = Date.now();

  function connect() {
    clearTimeout(retry);
    source?.close();
    const params = new URLSearchParams({ range: String(minutes) });
    if (lastId) params.set("lastEventId", lastId);
    source = new EventSource(`/api/events?${params}`);
    source.addEventListener("open", opened);
    for (const name of EVENT_NAMES) source.addEventListener(name, (event) => take(name, event));
    source.addEventListener("error", lose);
  }

  function opened() {
    tell({ kind: "access", denied: false });
    tell({ kind: "link", link: "open" });
  }

  function take(name: (typeof EVENT_NAMES)[number], message: MessageEvent<string>) {
    const event = readEvent(name, message.data, minutes);
    if (!event) {
      // Not what the contract says: another release answers, so what is shown may be wrong from here on.
      void lose();
      return;
    }
    failures = 0;
    if (event.kind === "usage") lastId = message.lastEventId;
    tell(event);
  }

  async function lose() {
    const lost = source;
    // An answer that is no stream ends it for good; why that was answered, the browser does not say.
    const refused = lost?.readyState === EventSource.CLOSED;
    lost?.close();
    const denied = refused && (await isDenied());
    if (source !== lost) return; // opened anew meanwhile, or closed
    failures += 1;
    clearTimeout(retry);
    if (denied) {
      lastId = ""; // what was shown is taken off the page, so all of it has to be told again
      tell({ kind: "access", denied });
      retry = setTimeout(connect, DENIED_PAUSE_MS);
      return;
    }
    tell({ kind: "link", link: failures > 1 ? "closed" : "connecting" });
    retry = setTimeout(connect, Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS));
  }

  function comeBackNow() {
    if (failures > 0) connect();
  }

  function lookForSleep() {
    const nowMs = Date.now();
    if (nowMs - lookedMs > SLEPT_MS) connect();
    lookedMs = nowMs;
  }

  const onVisible = () => document.visibilityState === "visible" && comeBackNow();
  const look = setInterval(lookForSleep, LOOK_MS);
  window.addEventListener("online", comeBackNow);
  document.addEventListener("visibilitychange", onVisible);
  connect();

  return {
    comeBack: comeBackNow,
    close: () => {
      source?.close();
      source = null;
      clearTimeout(retry);
      clearInterval(look);
      window.removeEventListener("online", comeBackNow);
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}
