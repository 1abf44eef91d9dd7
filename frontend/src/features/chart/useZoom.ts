// Owns the zoom: what the person looks at while the wheel still turns, and when the rest of the page is told.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { lengthOf, type Span } from "@/charts/span.ts";
import type { Zoom } from "@/charts/zoom.ts";
import { useActions, useConfig, useSelect } from "@/state/provider.tsx";
import type { Shown } from "@/state/shown.ts";

const MINUTE_MS = 60_000;
/** After this long without another turn, the wheel stands still. */
const PAUSE_MS = 180;

/** Returns the window to draw, which runs ahead of `shown` while the wheel turns, and what moves it. */
export function useZoom(shown: Shown): { span: Span; zoom: Zoom } {
  const { zoomTo, unzoom } = useActions();
  const [ahead, setAhead] = useState<Span | null>(null);
  const timer = useRef(0);
  const bounds = useBounds(shown);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const settle = useCallback(
    (span: Span) => {
      window.clearTimeout(timer.current);
      setAhead(null);
      if (lengthOf(span) >= lengthOf(bounds)) unzoom();
      else zoomTo(span.fromMs, span.toMs);
    },
    [bounds, unzoom, zoomTo],
  );

  const span = ahead ?? shown;
  const isZoomed = shown.zoomed || ahead !== null;
  const zoom = useMemo<Zoom>(
    () => ({
      bounds,
      isZoomed,
      look: (next, when) => {
        if (when === "now") return settle(next);
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(() => settle(next), PAUSE_MS);
        setAhead(next);
      },
      back: () => settle(bounds),
    }),
    [bounds, isZoomed, settle],
  );
  return { span, zoom };
}

/** The window that was chosen, which a closer look lies in. */
function useBounds(shown: Shown): Span {
  const { rangeMinutes } = useConfig();
  const fixed = useSelect((state) => state.fixed);
  const nowMs = useSelect((state) => (state.zoom && !state.fixed ? state.nowMs : 0));
  const { fromMs, toMs, zoomed } = shown;
  return useMemo(() => {
    if (!zoomed) return { fromMs, toMs };
    return fixed ?? { fromMs: Math.min(fromMs, nowMs - rangeMinutes * MINUTE_MS), toMs: Math.max(toMs, nowMs) };
  }, [zoomed, fixed, fromMs, toMs, nowMs, rangeMinutes]);
}
