// Owns the colours and the font of the canvas, which knows no style sheet: they are read from it, once for each theme.
import type { Theme } from "@/charts/hues.ts";

export interface CanvasColors {
  grid: string;
  axis: string;
  label: string;
  strong: string;
  surface: string;
  font: string;
}

const read = new Map<Theme, CanvasColors>();

/** `theme` is the one that the page wears now. */
export function canvasColors(theme: Theme): CanvasColors {
  const known = read.get(theme);
  if (known) return known;
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const colors = {
    grid: token("--line"),
    axis: token("--line-strong"),
    label: token("--muted"),
    strong: token("--ink"),
    surface: token("--surface"),
    font: style.fontFamily,
  };
  read.set(theme, colors);
  return colors;
}
