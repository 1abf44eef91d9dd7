// Owns what the page knows, as one value. How it changes is `reducer`'s; what follows from it is `shown`'s and `figures`'.

import type { Problem } from "@/api/problem.ts";
import type { Charge, Config, Gap, ModelTotal, Status } from "@/api/schemas.ts";

/** Whether what is shown is fresh: the stream is open, being opened, or given up for the moment. */
export type Link = "connecting" | "open" | "closed";

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
  data: Records | Sums | null;
  gaps: readonly Gap[];
  busy: boolean;
  problem: Problem | null;
}

export interface State {
  link: Link;
  status: Status | null;
  /** As the server has it, with the person's changes that it has not confirmed yet. */
  config: Config | null;
  pending: Partial<Config>;
  /** The last two hours at least, and the live window where that is at most a day. */
  recent: Records | null;
  /** The window in view where `recent` does not hold it. */
  loaded: Loaded | null;
  /** From midnight on. */
  today: Loaded | null;
  /** Where a stretch was chosen; null shows the live window that is configured. */
  fixed: { fromMs: number; toMs: number } | null;
  /** A stretch of that, looked at more closely. */
  zoom: { fromMs: number; toMs: number } | null;
  /** The page's clock: moves when something is due to be drawn anew. */
  nowMs: number;
}
