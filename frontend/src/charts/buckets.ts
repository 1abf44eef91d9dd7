// Owns buckets of time as the page makes them: aligned to the zone's wall clock by the server's own rules, so that the
// same charge falls into the same bucket on both sides. What is in them is `lines`'.
import type { Span } from "@/charts/span.ts";
import { offsetMs } from "@/lib/zone.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const FIRST_MONDAY_MS = 4 * DAY_MS;
const SHORTEST_CHANGE_MS = 1_800_000;

/** So many bars of the rate are told apart at a glance. */
const MOST_BUCKETS = 100;

const WIDTHS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];

/** Returns how wide the buckets of a span are where each charge in it is known. */
export function bucketWidthMs(spanMs: number): number {
  return WIDTHS_MS.find((width) => spanMs / width <= MOST_BUCKETS) ?? 4 * WEEK_MS;
}

/** Returns the start of the bucket that holds `ms`: days start at midnight, weeks on Monday, a repeated hour is its own. */
export function bucketStart(ms: number, widthMs: number, zone: string): number {
  const offset = offsetMs(ms, zone);
  const start = ms - remainder(ms + offset - anchorOf(widthMs), widthMs);
  if (offsetMs(start - 1, zone) === offset) return start;
  const changeMs = lastChange(start - 1, ms, zone);
  const before = offsetMs(changeMs - 1, zone);
  const isHeldBefore = keyOf(changeMs - 1 + before, widthMs) === keyOf(changeMs + offset, widthMs);
  const repeats = before - offset;
  if (!isHeldBefore || (repeats > 0 && widthMs <= repeats)) return changeMs;
  return bucketStart(changeMs - 1, widthMs, zone);
}

/** Returns the starts of all buckets that overlap the span; the first may lie before it. */
export function bucketStarts(span: Span, widthMs: number, zone: string): readonly number[] {
  const starts: number[] = [];
  for (
    let start = bucketStart(span.fromMs, widthMs, zone);
    start < span.toMs;
    start = nextStart(start, widthMs, zone)
  ) {
    starts.push(start);
  }
  return starts;
}

/**
 * Returns the starts of all buckets of the span, given the starts of some of them (oldest first): those of the zone
 * where they fit it, else (the server's clock is another than ours) steps from one given start to the next.
 */
export function startsAmong(given: readonly number[], span: Span, widthMs: number, zone: string): readonly number[] {
  const starts = bucketStarts(span, widthMs, zone);
  const known = new Set(starts);
  const first = given[0];
  if (first === undefined || given.every((start) => known.has(start))) return starts;
  const before = Math.max(0, Math.ceil((first - span.fromMs) / widthMs));
  const stepped = Array.from({ length: before }, (_, index) => first - (before - index) * widthMs);
  for (const [index, start] of given.entries()) {
    const end = given[index + 1] ?? span.toMs;
    const isLast = index === given.length - 1;
    for (let at = start; isLast ? at < end : end - at > widthMs / 2; at += widthMs) stepped.push(at);
  }
  return stepped;
}

/** Returns where the bucket ends that starts at `start`. */
export function nextStart(start: number, widthMs: number, zone: string): number {
  let probe = start + widthMs;
  let next = bucketStart(probe, widthMs, zone);
  while (next <= start) {
    probe += SHORTEST_CHANGE_MS; // a bucket that a change of the clock has made longer
    next = bucketStart(probe, widthMs, zone);
  }
  return next;
}

const anchorOf = (widthMs: number) => (widthMs % WEEK_MS === 0 ? FIRST_MONDAY_MS : 0);
const keyOf = (wallMs: number, widthMs: number) => Math.floor((wallMs - anchorOf(widthMs)) / widthMs);
const remainder = (value: number, by: number) => ((value % by) + by) % by;

/** The last moment in (low, high] at which the offset became that of `high`. */
function lastChange(lowMs: number, highMs: number, zone: string): number {
  const after = offsetMs(highMs, zone);
  let low = lowMs;
  let high = highMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, zone) === after) high = middle;
    else low = middle;
  }
  return high;
}
