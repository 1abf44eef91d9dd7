// Owns what the page knows, as one value. How it changes is `reducer`'s; what follows from it is `shown`'s and `figures`'.
import type { Link } from "@/api/events.ts";
import type { Problem } from "@/api/problem.ts";
import type { Charge, Config, Gap, ModelTotal, Status } from "@/api/schemas.ts";

/** What a person looks at: the last so many minutes, or a stretch that stands still. */
export type View = { kind: "live"; minutes: number } | { kind: "fixed"; fromMs: number; toMs: number };

/** Every charge from `fromMs` on (and before `toMs`, where there is one), oldest first by time, then id. */
export interface Records {
  kind: "records";
  fromMs: number;
  toMs: number | null;
  charges: readonly Charge[];
}

export interface Bucket {
  startMs: number;
  micros: number;
  requests: number;
}

export interface ModelSeries {
  model: string;
  points: readonly Bucket[];
}

/**
 * A window summed by the server, and the charges that came since: exact as long as those are newer than all it had
 * counted. `outdated` says that one was not, and that the sums must be asked for again.
 */
export interface Sums {
  kind: "sums";
  fromMs: number;
  toMs: number | null;
  bucketMs: number;
  series: readonly ModelSeries[];
  totals: readonly ModelTotal[];
  newestMs: number;
  since: readonly Charge[];
  outdated: boolean;
}

/** What was asked of the server beyond the stream: the window in view, or today. `key` says for which question. */
export interface Loaded {
  key: string;
  /** Of `dataKey`: while another question is under way, what is known goes on being shown. */
  data: Records | Sums | null;
  dataKey: string | null;
  gaps: readonly Gap[];
  busy: boolean;
  problem: Problem | null;
}

export interface Stretch {
  fromMs: number;
  toMs: number;
}

export interface State {
  link: Link;
  /**
   * The access key has yet to be given: nothing is known until then, and what was is forgotten. Null while it is not
   * known whether one is asked for.
   */
  locked: boolean | null;
  /** When the stream was lost; null while it is open, or where it never was. */
  lostMs: number | null;
  /** Another tab has the stream, so that what it told before has to be asked for. */
  following: boolean;
  status: Status | null;
  /** As the server has it. */
  config: Config | null;
  /** The person's changes that the server has not confirmed yet, in their order. */
  pending: readonly Partial<Config>[];
  /** The last two hours at least, and the live window where that is at most a day. */
  recent: Loaded;
  /** The window in view where `recent` does not hold it. */
  window: Loaded;
  /** From midnight on. */
  today: Loaded;
  /** Where a stretch was chosen; null shows the live window that is configured. */
  fixed: Stretch | null;
  /** A stretch of that, looked at more closely. */
  zoom: Stretch | null;
  /** The page's clock: moves when something is due to be drawn anew. */
  nowMs: number;
}

export type Slot = "recent" | "window" | "today";

const NOTHING: Loaded = { key: "", data: null, dataKey: null, gaps: [], busy: false, problem: null };

export function emptyState(nowMs: number): State {
  return {
    link: "connecting",
    locked: null,
    lostMs: null,
    following: false,
    status: null,
    config: null,
    pending: [],
    recent: NOTHING,
    window: NOTHING,
    today: NOTHING,
    fixed: null,
    zoom: null,
    nowMs,
  };
}
