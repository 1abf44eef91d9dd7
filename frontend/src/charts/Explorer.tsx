// Owns the chart as a person works it, by pointer, finger or keys: crosshair, tooltip, and the rectangle to zoom to.
//
// All of it lies over the canvas, so that looking around draws nothing anew.
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Crosshair } from "@/charts/Crosshair.tsx";
import type { Frame } from "@/charts/frame.ts";
import { countPoints } from "@/charts/lines.ts";
import type { Look } from "@/charts/palette.ts";
import { msAt, xOf } from "@/charts/plot.ts";
import { readingAt } from "@/charts/reading.ts";
import { Tooltip } from "@/charts/Tooltip.tsx";
import { readingSentence } from "@/charts/telling.ts";
import { useKeys } from "@/charts/useKeys.ts";
import { type Place, usePointer } from "@/charts/usePointer.ts";
import { useWheel } from "@/charts/useWheel.ts";
import type { Zoom } from "@/charts/zoom.ts";

interface ExplorerProps {
  /** Null until it is known how large the chart is. */
  frame: Frame | null;
  looks: ReadonlyMap<string, Look>;
  zone: string;
  zoom: Zoom;
  summaryId: string;
  children: ReactNode;
}

/** Under the pointer, which stays where it is, or at a moment, which moves with the window. */
type Attention = { place: Place } | { ms: number } | null;

export function Explorer({ frame, looks, zone, zoom, summaryId, children }: ExplorerProps) {
  const { t } = useTranslation("chart");
  const box = useRef<HTMLDivElement>(null);
  const [attention, setAttention] = useState<Attention>(null);
  const plot = frame?.plot ?? null;

  const pointer = usePointer(plot, zoom, (place) => setAttention(place && { place }));
  useWheel(box, plot, zoom);
  const atMs = !attention || !plot ? null : "ms" in attention ? attention.ms : msAt(plot, attention.place.x);
  const onKeyDown = useKeys(frame, zoom, atMs, (ms) => {
    pointer.cancel();
    setAttention(ms === null ? null : { ms });
  });

  const reading = frame && plot && atMs !== null ? readingAt(frame, xOf(plot, atMs)) : null;
  const isByKeys = attention !== null && "ms" in attention;
  const at = attention && "place" in attention ? attention.place : { x: reading?.x ?? 0, y: (plot?.height ?? 0) / 3 };
  return (
    <div
      ref={box}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
      tabIndex={0}
      aria-label={t("label")}
      aria-describedby={summaryId}
      data-testid="usage-chart"
      data-points={frame ? countPoints(frame.drawing) : 0}
      data-series={frame?.drawing.lines.map((line) => line.model).join(",") ?? ""}
      onKeyDown={onKeyDown}
      onBlur={() => setAttention(null)}
      {...pointer.handlers}
      className="relative h-full cursor-crosshair touch-pan-y touch-pinch-zoom select-none rounded-md"
    >
      {children}
      {frame && reading && !pointer.rectangle && (
        <>
          <Crosshair frame={frame} reading={reading} looks={looks} />
          <Tooltip reading={reading} drawing={frame.drawing} looks={looks} zone={zone} at={at} box={box} />
        </>
      )}
      {plot && pointer.rectangle && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute border-accent border-x bg-accent/12"
          style={{
            left: Math.min(pointer.rectangle.fromX, pointer.rectangle.toX),
            width: Math.abs(pointer.rectangle.toX - pointer.rectangle.fromX),
            top: plot.top,
            height: plot.bottom - plot.top,
          }}
        />
      )}
      <p role="status" className="sr-only">
        {frame && reading && isByKeys && readingSentence(reading, frame.drawing.mode, zone, t)}
      </p>
    </div>
  );
}
