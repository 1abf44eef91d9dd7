// Owns that all tabs share one stream: browsers allow six connections to a host, so a seventh tab would never load.
//
// Whoever holds the lock has the stream and tells the others; when that tab closes, the lock passes on. Without locks
// (a plain http address that is not this machine's) each tab has a stream of its own.
import type { FeedEvent } from "@/api/events.ts";
import { openStream, type Stream } from "@/api/stream.ts";

/** Tabs of another build may speak otherwise, so each build has a channel of its own. */
const NAME = `ccurve ${import.meta.url}`;

/** `back` is said by a tab in which the access key was given. */
type Said = { said: "hello" } | { said: "event"; event: FeedEvent } | { said: "back" };

interface FeedOptions {
  /** How many minutes a stream opened now starts with. */
  minutes: () => number;
  tell: (event: FeedEvent) => void;
  /** Another tab has the stream: what it tells from now on comes here too, but not what it told before. */
  onFollow: () => void;
}

/** Tells what the shared stream says until it is closed. */
export function openFeed({ minutes, tell, onFollow }: FeedOptions): Stream {
  if (!("BroadcastChannel" in window)) return openStream(minutes(), tell);
  if (!("locks" in navigator)) return openOwn(minutes(), tell);
  const channel = new BroadcastChannel(NAME);
  const abort = new AbortController();
  /** The newest of each kind that a tab which joins has to know. */
  const newest = new Map<FeedEvent["kind"], FeedEvent>();
  let own: Stream | null = null;

  const say = (said: Said) => channel.postMessage(said);

  function lead(): Promise<void> {
    const stream = openStream(minutes(), (event) => {
      if (event.kind === "access" && event.denied) newest.clear(); // nobody is to be told what was known before
      if (event.kind !== "usage") newest.set(event.kind, event);
      tell(event);
      say({ said: "event", event });
    });
    own = stream;
    return new Promise((resolve) => {
      abort.signal.addEventListener("abort", () => {
        stream.close();
        resolve();
      });
    });
  }

  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if (data.said === "event") {
      if (!own) tell(data.event);
    } else if (data.said === "back") {
      own?.comeBack();
    } else if (own) {
      for (const event of newest.values()) say({ said: "event", event });
    }
  });

  async function join() {
    const led = await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && lead().then(() => true));
    if (led || abort.signal.aborted) return;
    onFollow();
    say({ said: "hello" });
    try {
      await navigator.locks.request(NAME, { signal: abort.signal }, lead);
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  }
  void join();

  return {
    comeBack: () => {
      if (own) own.comeBack();
      else say({ said: "back" });
    },
    close: () => {
      abort.abort();
      channel.close();
    },
  };
}

/** Opens a stream for this tab alone, which hears all the same where the access key was given in another one. */
function openOwn(minutes: number, tell: (event: FeedEvent) => void): Stream {
  const channel = new BroadcastChannel(NAME);
  const stream = openStream(minutes, tell);
  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => data.said === "back" && stream.comeBack());
  return {
    comeBack: () => {
      stream.comeBack();
      channel.postMessage({ said: "back" } satisfies Said);
    },
    close: () => {
      stream.close();
      channel.close();
    },
  };
}
