// Owns how a moment or a stretch is written in little room: what both ends share is said once, no seconds without need.
import type { Span } from "@/charts/span.ts";
import { formatClock, formatDate } from "@/lib/format.ts";

const MINUTE_MS = 60_000;

/** `2025-08-25 13:00 – 13:05`, and for a moment `2025-08-25 13:00:07`. */
export function spanText({ fromMs, toMs }: Span, zone: string): string {
  if (toMs <= fromMs) return `${formatDate(fromMs, zone)} ${formatClock(fromMs, zone)}`;
  const isRound = fromMs % MINUTE_MS === 0 && toMs % MINUTE_MS === 0;
  const clock = (ms: number) => (isRound ? formatClock(ms, zone).slice(0, 5) : formatClock(ms, zone));
  const [fromDate, toDate] = [formatDate(fromMs, zone), formatDate(toMs, zone)];
  const end = fromDate === toDate ? clock(toMs) : `${toDate} ${clock(toMs)}`;
  return `${fromDate} ${clock(fromMs)} – ${end}`;
}
