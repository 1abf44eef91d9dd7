// Owns the chart: the canvas, and what lies over it. What it draws and where it looks, its user says.
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Arrival } from "@/charts/arrivals.ts";
import { Explorer } from "@/charts/Explorer.tsx";
import { frameOf } from "@/charts/frame.ts";
import { Holes } from "@/charts/Holes.tsx";
import type { Drawing } from "@/charts/lines.ts";
import { Pulses } from "@/charts/Pulses.tsx";
import { useLooks } from "@/charts/palette.ts";
import type { Span } from "@/charts/span.ts";
import { useBoxSize } from "@/charts/useBoxSize.ts";
import { useCanvas } from "@/charts/useCanvas.ts";
import { useMarks } from "@/charts/useMarks.ts";
import { useTheme } from "@/charts/useTheme.ts";
import type { Zoom } from "@/charts/zoom.ts";

interface UsageChartProps {
  drawing: Drawing;
  /** Those of the drawing's holes that are worth a word. */
  holes: readonly Span[];
  arrivals: readonly Arrival[];
  zone: string;
  zoom: Zoom;
  /** Of the element that says in words what the chart shows. */
  summaryId: string;
}

export function UsageChart({ drawing, holes, arrivals, zone, zoom, summaryId }: UsageChartProps) {
  const { t, i18n } = useTranslation("chart");
  const canvas = useRef<HTMLDivElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(canvas);
  const theme = useTheme();
  const looks = useLooks(drawing.lines.map((line) => line.model));
  const frame = useMemo(
    () => size && frameOf(drawing, size, zone, i18n.language),
    [drawing, size, zone, i18n.language],
  );
  useCanvas(canvas, frame, looks, theme);
  useMarks(marks, frame, looks, theme);
  return (
    <Explorer frame={frame} looks={looks} zone={zone} zoom={zoom} summaryId={summaryId}>
      {/* Of the words over it none must lose its contrast: what is old is dimmed here alone. */}
      <div
        ref={canvas}
        aria-hidden="true"
        className="absolute inset-0 group-data-[dim=true]/chart:opacity-60 motion-safe:transition-opacity"
      />
      <canvas
        ref={marks}
        className="absolute inset-0 size-full group-data-[dim=true]/chart:opacity-60 motion-safe:transition-opacity"
      />
      {frame && <Holes frame={frame} holes={holes} label={t("unknown")} />}
      {frame && <Pulses frame={frame} arrivals={arrivals} looks={looks} />}
    </Explorer>
  );
}
