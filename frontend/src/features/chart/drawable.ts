// Owns what the chart draws of what is shown: nothing anew for a change that is hardly seen, so that a page left alone
// stays idle; and while a window is on its way, what was drawn before.
import { isSameSpan } from "@/charts/span.ts";
import type { Bucket, ModelSeries, View } from "@/state/model.ts";
import type { Shown } from "@/state/shown.ts";
import { narrowed } from "./narrowed.ts";

/** A live window that only slides is drawn anew when it has slid by this share of it, some pixels. */
const SLIDE_SHARE = 1 / 150;
/** Once a charge has slid out of it, when it has slid by a pixel, but not with each tick of the clock. */
const PIXEL_SHARE = 1 / 1_200;
const LEAST_SLIDE_MS = 15_000;

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
  const left = Math.max(0, one.charges.length - other.charges.length);
  const haveSlidOut = one.charges.slice(0, left).every(({ createdMs }) => createdMs < other.fromMs);
  const lengthMs = one.toMs - one.fromMs;
  const slackMs = left === 0 ? lengthMs * SLIDE_SHARE : Math.max(lengthMs * PIXEL_SHARE, LEAST_SLIDE_MS);
  return (
    Math.abs(one.fromMs - other.fromMs) < slackMs &&
    Math.abs(one.toMs - other.toMs) < slackMs &&
    one.phase === other.phase &&
    one.problem?.code === other.problem?.code &&
    one.problem?.detail === other.problem?.detail &&
    one.zoomed === other.zoomed &&
    isSameView(one.view, other.view) &&
    one.bucketMs === other.bucketMs &&
    haveSlidOut &&
    areSame(left > 0 ? one.charges.slice(left) : one.charges, other.charges, Object.is) &&
    areSame(one.series, other.series, isSameSeries) &&
    areSame(one.gaps, other.gaps, isSameSpan)
  );
}

const isSameView = (one: View, other: View) =>
  one.kind === "live"
    ? other.kind === "live" && one.minutes === other.minutes
    : other.kind === "fixed" && isSameSpan(one, other);

const isSameSeries = (one: ModelSeries, other: ModelSeries) =>
  one.model === other.model && areSame(one.points, other.points, isSameBucket);

const isSameBucket = (one: Bucket, other: Bucket) =>
  one.startMs === other.startMs && one.micros === other.micros && one.requests === other.requests;

/** Charges are never changed in place: those that are the same object look the same. */
function areSame<T>(one: readonly T[], other: readonly T[], isSame: (one: T, other: T) => boolean): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((item, index) => isSame(item, other[index] as T));
}
