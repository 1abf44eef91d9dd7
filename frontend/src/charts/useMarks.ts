// Owns the canvas that bears the marks: as large as the chart's box, as fine as the screen.
import { type RefObject, useLayoutEffect } from "react";
import { canvasColors } from "@/charts/canvasColors.ts";
import type { Frame } from "@/charts/frame.ts";
import type { Look, Theme } from "@/charts/hues.ts";
import { paintMarks } from "@/charts/paintMarks.ts";
import { usePixelRatio } from "@/charts/usePixelRatio.ts";

export function useMarks(
  canvas: RefObject<HTMLCanvasElement | null>,
  frame: Frame | null,
  looks: ReadonlyMap<string, Look>,
  theme: Theme,
): void {
  const pixelRatio = usePixelRatio();

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !frame) return;
    // Setting a size empties the canvas and its state, even where it is the same size.
    context.canvas.width = Math.round(frame.plot.width * pixelRatio);
    context.canvas.height = Math.round(frame.plot.height * pixelRatio);
    context.scale(pixelRatio, pixelRatio);
    paintMarks(context, frame, looks, canvasColors(theme));
  }, [canvas, frame, looks, theme, pixelRatio]);
}
