// Owns the ticks of the time axis: on the wall clock of the person's zone, labelled as sparsely as the width demands.
import { bucketStart, bucketStarts } from "@/charts/buckets.ts";
import { lengthOf, type Span } from "@/charts/span.ts";
import { textPx } from "@/charts/text.ts";
import { formatClock, formatDate } from "@/lib/format.ts";
import { msToWall, wallToMs } from "@/lib/zone.ts";

export interface TimeTick {
  ms: number;
  /** Empty where it would be cut off at the border. */
  label: string;
  /** A day begins in an axis of hours, a year in one of months. */
  isStrong: boolean;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MONTH_MS = 30.5 * DAY_MS;

const GAP_PX = 30;

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14].map((days) => days * DAY_MS),
];
const STEPS_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

/** `widthPx` is that of the plot, `marginPx` what a label may stick out to the right. */
export function timeTicks(span: Span, zone: string, widthPx: number, marginPx: number): readonly TimeTick[] {
  const pxPerMs = widthPx / lengthOf(span);
  const step = STEPS_MS.find((ms) => ms * pxPerMs >= textPx(plainLabel(0, ms, "UTC")) + GAP_PX);
  const all = step === undefined ? monthTicks(span, zone, pxPerMs) : clockTicks(span, step, zone);
  const ticks: TimeTick[] = [];
  let takenPx = -Infinity;
  for (const tick of all) {
    const middle = (tick.ms - span.fromMs) * pxPerMs;
    const half = textPx(tick.label) / 2;
    // Nearer than a step where the clock changes, or where a date stands among shorter labels.
    if (middle - half < takenPx + GAP_PX / 3) continue;
    takenPx = middle + half;
    ticks.push(takenPx > widthPx + marginPx ? { ...tick, label: "" } : tick);
  }
  return ticks;
}

function clockTicks(span: Span, stepMs: number, zone: string): readonly TimeTick[] {
  const starts = bucketStarts(span, stepMs, zone).filter((ms) => ms >= span.fromMs);
  return starts.map((ms) => {
    const isDay = stepMs < DAY_MS && bucketStart(ms, DAY_MS, zone) === ms;
    return { ms, label: isDay ? monthAndDay(ms, zone) : plainLabel(ms, stepMs, zone), isStrong: isDay };
  });
}

function plainLabel(ms: number, stepMs: number, zone: string): string {
  if (stepMs >= DAY_MS) return monthAndDay(ms, zone);
  return formatClock(ms, zone).slice(0, stepMs < MINUTE_MS ? 8 : 5);
}

const monthAndDay = (ms: number, zone: string) => formatDate(ms, zone).slice(-5);

function monthTicks(span: Span, zone: string, pxPerMs: number): readonly TimeTick[] {
  const least = textPx("2025-08") + GAP_PX;
  const step = STEPS_MONTHS.find((months) => months * MONTH_MS * pxPerMs >= least) ?? 120;
  const { y, m } = msToWall(span.fromMs, zone);
  const first = Math.ceil((y * 12 + m - 1) / step) * step;
  const ticks: TimeTick[] = [];
  for (let month = first; ; month += step) {
    const ms = wallToMs({ y: Math.floor(month / 12), m: (month % 12) + 1, d: 1, h: 0, min: 0, s: 0 }, zone);
    if (ms >= span.toMs) return ticks;
    if (ms >= span.fromMs) ticks.push({ ms, label: formatDate(ms, zone).slice(0, -3), isStrong: month % 12 === 0 });
  }
}
