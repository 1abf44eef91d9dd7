// Owns the window in view: what the chart, the numbers and the tables all draw from, as a pure function of the state.
import type { Problem } from "@/api/problem.ts";
import type { Charge, Gap, ModelTotal } from "@/api/schemas.ts";
import { configOf } from "@/state/config.ts";
import type { Loaded, ModelSeries, State, Sums, View } from "@/state/model.ts";
import { isRecent } from "@/state/needs.ts";
import { within } from "@/state/records.ts";
import { seriesOf, totalsOf } from "@/state/sums.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NO_SERIES: readonly ModelSeries[] = [];
/** As many gaps the status tells of; with fewer, those are all there are. */
const GAPS_IN_STATUS = 100;

export interface ModelFigures {
  model: string;
  micros: number;
  requests: number;
  /** Of a charge, or of a bucket where only buckets are known. */
  largestMicros: number;
  latestMs: number;
}

export interface Shown {
  view: View;
  zoomed: boolean;
  /** The axis; a live one ends now, or just behind a charge that the relay's clock has put into the future. */
  fromMs: number;
  toMs: number;
  phase: "loading" | "ready" | "stale" | "failed";
  problem: Problem | null;
  /** Where each charge is known: those of the window, oldest first. */
  charges: readonly Charge[];
  /** Where only sums are known: how wide a bucket is, and what they hold. */
  bucketMs: number | null;
  series: readonly ModelSeries[];
  /** All models of the window, the largest sum first. */
  totals: readonly ModelFigures[];
  /** Those that overlap the window. */
  gaps: readonly Gap[];
}

let last: { inputs: readonly unknown[]; value: Shown } | null = null;

/** Returns the same object for as long as nothing changes that it depends on. */
export function shownOf(state: State): Shown {
  const { recent, window, fixed, zoom, nowMs, link, status } = state;
  const inputs = [recent, window, fixed, zoom, nowMs, link, status?.usage.gaps, configOf(state).rangeMinutes];
  if (!last || last.inputs.some((input, index) => input !== inputs[index])) last = { inputs, value: shown(state) };
  return last.value;
}

let standing: Shown | null = null;

/**
 * Returns the window in view for what does not depend on the axis: the same object for as long as all but the axis is
 * the same, so that a window that only slides costs little.
 */
export function standingOf(state: State): Shown {
  const shown = shownOf(state);
  if (!standing || !isAlike(standing, shown)) standing = shown;
  return standing;
}

function isAlike(one: Shown, other: Shown): boolean {
  return (
    one.charges === other.charges &&
    one.series === other.series &&
    one.totals === other.totals &&
    one.phase === other.phase &&
    one.problem === other.problem &&
    JSON.stringify([one.view, one.zoomed, one.gaps]) === JSON.stringify([other.view, other.zoomed, other.gaps])
  );
}

function shown(state: State): Shown {
  const slot = isRecent(state) ? state.recent : state.window;
  const stretch = state.zoom ?? state.fixed;
  const view: View = stretch ? { kind: "fixed", ...stretch } : { kind: "live", minutes: configOf(state).rangeMinutes };
  const axis = stretch ?? liveAxis(state, configOf(state).rangeMinutes);
  return {
    view,
    zoomed: state.zoom !== null,
    ...phaseOf(state, slot),
    ...drawn(slot, axis, stretch === null),
    gaps: gapsOf(state, slot, axis),
  };
}

function liveAxis(state: State, minutes: number) {
  const newestMs = state.status?.usage.latest?.createdMs ?? 0;
  const ahead = newestMs >= state.nowMs && newestMs < state.nowMs + DAY_MS;
  return { fromMs: state.nowMs - minutes * MINUTE_MS, toMs: ahead ? newestMs + 1 : state.nowMs };
}

type Drawn = Pick<Shown, "fromMs" | "toMs" | "charges" | "bucketMs" | "series" | "totals">;

function drawn({ data }: Loaded, axis: { fromMs: number; toMs: number }, live: boolean): Drawn {
  if (!data) return { ...axis, charges: [], bucketMs: null, series: [], totals: [] };
  if (data.kind === "records") {
    const { charges, totals } = inView(data.charges, axis.fromMs, live ? Infinity : axis.toMs);
    const toMs = live ? Math.max(axis.toMs, (charges.at(-1)?.createdMs ?? 0) + 1) : axis.toMs;
    return { fromMs: axis.fromMs, toMs, charges, bucketMs: null, series: NO_SERIES, totals };
  }
  return drawnSums(data, axis, live);
}

/** What is drawn is what was summed: a live window of buckets begins where its sums begin, less than a bucket early. */
function drawnSums(data: Sums, axis: { fromMs: number; toMs: number }, live: boolean): Drawn {
  const series = seriesOf(data);
  const largest = new Map(
    series.map(({ model, points }) => [model, Math.max(0, ...points.map((point) => point.micros))]),
  );
  const begins = live && Math.abs(axis.fromMs - data.fromMs) <= data.bucketMs;
  return {
    fromMs: begins ? data.fromMs : axis.fromMs,
    toMs: axis.toMs,
    charges: [],
    bucketMs: data.bucketMs,
    series,
    totals: largestFirst(totalsOf(data).map((total) => ({ ...total, largestMicros: largest.get(total.model) ?? 0 }))),
  };
}

interface InView {
  of: readonly Charge[];
  charges: readonly Charge[];
  totals: readonly ModelFigures[];
}

let seen: InView | null = null;

/** Returns the same lists while a window that slides neither gains nor loses a charge. */
function inView(of: readonly Charge[], fromMs: number, toMs: number): InView {
  const charges = within(of, fromMs, toMs);
  const isSame =
    seen?.of === of && seen.charges.length === charges.length && seen.charges.at(0)?.id === charges.at(0)?.id;
  if (!seen || !isSame) seen = { of, charges, totals: totalsOfCharges(charges) };
  return seen;
}

function totalsOfCharges(charges: readonly Charge[]): readonly ModelFigures[] {
  const totals = new Map<string, ModelFigures>();
  for (const { model, micros, createdMs } of charges) {
    const total = totals.get(model);
    if (total) {
      total.micros += micros;
      total.requests += 1;
      total.largestMicros = Math.max(total.largestMicros, micros);
      total.latestMs = Math.max(total.latestMs, createdMs);
    } else totals.set(model, { model, micros, requests: 1, largestMicros: micros, latestMs: createdMs });
  }
  return largestFirst([...totals.values()]);
}

function largestFirst<T extends ModelTotal>(totals: T[]): readonly T[] {
  return totals.sort((one, other) => other.micros - one.micros || (one.model < other.model ? -1 : 1));
}

function phaseOf(state: State, slot: Loaded): Pick<Shown, "phase" | "problem"> {
  const { link } = state;
  const unreachable: Problem | null = link === "closed" ? { code: "unreachable", detail: "" } : null;
  const problem = slot.problem ?? unreachable;
  if (!slot.data) return { phase: problem ? "failed" : "loading", problem };
  const isOld = slot.busy && slot.key !== slot.dataKey;
  return { phase: problem || isOld || link !== "open" ? "stale" : "ready", problem };
}

function gapsOf(state: State, slot: Loaded, axis: { fromMs: number; toMs: number }): readonly Gap[] {
  const told = state.status?.usage.gaps ?? [];
  const oldestMs = told.length < GAPS_IN_STATUS ? -Infinity : Math.min(...told.map((gap) => gap.fromMs));
  const older = slot.gaps.filter((gap) => gap.fromMs < oldestMs);
  return [...older, ...told]
    .filter((gap) => gap.toMs > axis.fromMs && gap.fromMs < axis.toMs)
    .sort((one, other) => one.fromMs - other.fromMs);
}
