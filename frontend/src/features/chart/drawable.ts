// Owns what the chart draws of what is shown: nothing anew for less than a pixel, and while a window is on its way, what
// was drawn before.
import type { Bucket, ModelSeries } from "@/state/model.ts";
import type { Shown } from "@/state/shown.ts";
import { narrowed } from "./narrowed.ts";

const PIXELS = 1_200;

/** Returns a function that remembers what it has returned last, and returns that again for as long as it will do. */
export function makeDrawable(): (shown: Shown) => Shown {
  let last: Shown | null = null;
  return (shown) => {
    const next = shown.phase === "loading" && last ? standIn(last, shown) : shown;
    if (!last || !looksSame(last, next)) last = next;
    return last;
  };
}

/** What was drawn before, in the new axis where it fills that. */
function standIn(before: Shown, { fromMs, toMs, phase, problem, view, zoomed }: Shown): Shown {
  const isInside = fromMs >= before.fromMs && toMs <= before.toMs;
  const drawn = isInside ? narrowed(before, { fromMs, toMs }) : before;
  return { ...drawn, phase, problem, view, zoomed };
}

function looksSame(one: Shown, other: Shown): boolean {
  const slackMs = (one.toMs - one.fromMs) / PIXELS;
  return (
    Math.abs(one.fromMs - other.fromMs) < slackMs &&
    Math.abs(one.toMs - other.toMs) < slackMs &&
    one.phase === other.phase &&
    one.problem?.code === other.problem?.code &&
    one.problem?.detail === other.problem?.detail &&
    one.zoomed === other.zoomed &&
    one.view.kind === other.view.kind &&
    one.bucketMs === other.bucketMs &&
    areSame(one.charges, other.charges, Object.is) &&
    areSame(one.series, other.series, isSameSeries) &&
    areSame(one.gaps, other.gaps, (gap, same) => gap.fromMs === same.fromMs && gap.toMs === same.toMs)
  );
}

const isSameSeries = (one: ModelSeries, other: ModelSeries) =>
  one.model === other.model && areSame(one.points, other.points, isSameBucket);

const isSameBucket = (one: Bucket, other: Bucket) =>
  one.startMs === other.startMs && one.micros === other.micros && one.requests === other.requests;

/** Charges are never changed in place: those that are the same object look the same. */
function areSame<T>(one: readonly T[], other: readonly T[], isSame: (one: T, other: T) => boolean): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((item, index) => isSame(item, other[index] as T));
}
