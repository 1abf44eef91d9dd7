// Owns how a chosen stretch is told, in the person's zone.
import { formatClock, formatDate } from "@/lib/format.ts";

interface StretchWordsProps {
  fromMs: number;
  toMs: number;
  zone: string;
}

/** Without a second date on the same day, and without seconds where both ends are whole minutes. */
export function StretchWords({ fromMs, toMs, zone }: StretchWordsProps) {
  const [fromDay, toDay] = [formatDate(fromMs, zone), formatDate(toMs, zone)];
  const [fromClock, toClock] = clocks(formatClock(fromMs, zone), formatClock(toMs, zone));
  return (
    <>
      {fromDay} {fromClock} – {fromDay !== toDay && `${toDay} `}
      {toClock}
    </>
  );
}

function clocks(from: string, to: string): readonly [string, string] {
  return from.endsWith(":00") && to.endsWith(":00") ? [from.slice(0, -3), to.slice(0, -3)] : [from, to];
}
