// Owns where things are in the chart's box: moments and amounts to CSS pixels and back. Both axes are linear.
import type { Span } from "@/charts/span.ts";

export interface Size {
  width: number;
  height: number;
}

/** The box, the part of it between the axes, and what lies at its borders. */
export interface Plot extends Size {
  left: number;
  top: number;
  right: number;
  bottom: number;
  span: Span;
  /** At the top border; 0 is at the bottom. */
  topMicros: number;
}

const TOP_PX = 14;
const RIGHT_PX = 20;
const BOTTOM_PX = 26;
const LEAST_LEFT_PX = 36;
const LABEL_GAP_PX = 14;
const LEFT_STEP_PX = 8;

/** `labelPx` is the width of the widest label of the axis of amounts. */
export function plotOf({ width, height }: Size, span: Span, topMicros: number, labelPx: number): Plot {
  // In steps, so that the plot does not move with each digit.
  const left = Math.max(LEAST_LEFT_PX, Math.ceil((labelPx + LABEL_GAP_PX) / LEFT_STEP_PX) * LEFT_STEP_PX);
  return { width, height, left, top: TOP_PX, right: width - RIGHT_PX, bottom: height - BOTTOM_PX, span, topMicros };
}

export const PLOT_HEIGHT_LESS_PX = TOP_PX + BOTTOM_PX;
export const MARGIN_RIGHT_PX = RIGHT_PX;

export function msPerPx({ left, right, span }: Pick<Plot, "left" | "right" | "span">): number {
  return (span.toMs - span.fromMs) / Math.max(1, right - left);
}

export function microsPerPx({ top, bottom, topMicros }: Pick<Plot, "top" | "bottom" | "topMicros">): number {
  return topMicros / Math.max(1, bottom - top);
}

export const xOf = (plot: Plot, ms: number): number => plot.left + (ms - plot.span.fromMs) / msPerPx(plot);

export const msAt = (plot: Plot, x: number): number => plot.span.fromMs + (x - plot.left) * msPerPx(plot);

export const yOf = (plot: Plot, micros: number): number => plot.bottom - micros / microsPerPx(plot);

/** Whether a place of the box lies between the axes, or no further from there than `slackPx`. */
export function isInPlot(plot: Plot, x: number, y: number, slackPx = 0): boolean {
  const { left, right, top, bottom } = plot;
  return x >= left - slackPx && x <= right + slackPx && y >= top - slackPx && y <= bottom + slackPx;
}

/** Returns the nearest x between the axes. */
export const withinPlot = ({ left, right }: Plot, x: number): number => Math.min(Math.max(x, left), right);
