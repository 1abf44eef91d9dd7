// Owns which charges came while the page was looked at, for the chart to lead the eye to them.
import { useEffect, useRef, useState } from "react";
import { type Arrival, arrivals } from "@/charts/arrivals.ts";
import type { Shown } from "@/state/shown.ts";

const NONE: readonly Arrival[] = [];

/** What another window shows has not come, nor what a page finds when it opens. */
export function useArrivals({ view, phase, totals }: Shown): readonly Arrival[] {
  const [fresh, setFresh] = useState(NONE);
  const minutes = view.kind === "live" ? view.minutes : null;
  const before = useRef<{ minutes: number | null; totals: Shown["totals"] } | null>(null);
  useEffect(() => {
    if (phase !== "ready") return;
    const last = before.current;
    before.current = { minutes, totals };
    if (minutes === null || last?.minutes !== minutes) return;
    const come = arrivals(last.totals, totals);
    if (come.length > 0) setFresh(come);
  }, [minutes, phase, totals]);
  return fresh;
}
