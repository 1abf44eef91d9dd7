// Owns the one instance of ECharts: made once, resized, given each new frame, and disposed of.
import { LineChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { canvasColors } from "@/charts/canvasColors.ts";
import type { Frame } from "@/charts/frame.ts";
import type { Look, Theme } from "@/charts/hues.ts";
import { optionOf } from "@/charts/option.ts";
import { usePixelRatio } from "@/charts/usePixelRatio.ts";

use([LineChart, GridSimpleComponent, CanvasRenderer]);

/** Draws in the same turn in which the page is laid out, so that lines and what lies over them never part. */
export function useCanvas(
  box: RefObject<HTMLElement | null>,
  frame: Frame | null,
  looks: ReadonlyMap<string, Look>,
  theme: Theme,
): void {
  const chart = useRef<EChartsType | null>(null);
  const devicePixelRatio = usePixelRatio();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another pixel ratio needs another instance
  useLayoutEffect(() => {
    return () => {
      chart.current?.dispose();
      chart.current = null;
    };
  }, [devicePixelRatio]);

  useLayoutEffect(() => {
    if (!box.current || !frame) return;
    const { width, height } = frame.plot;
    // Told its size, ECharts does not have to ask the page, which would have to be laid out once more for it.
    chart.current ??= init(box.current, null, { renderer: "canvas", devicePixelRatio, width, height });
    if (chart.current.getWidth() !== width || chart.current.getHeight() !== height) {
      chart.current.resize({ width, height });
    }
    chart.current.setOption(optionOf(frame, looks, canvasColors(theme)), { replaceMerge: ["series"] });
  }, [box, frame, looks, theme, devicePixelRatio]);
}
