// Owns how models can look: eight hues that colour-blind eyes tell apart in both themes, a shape for each, and the same
// hues dashed and hollow where there are more models. Which model has which slot is `slots`', and `palette` says it.
import type { SymbolName } from "@/charts/symbols.ts";

export type Theme = "light" | "dark";

export interface Look {
  color: string;
  symbol: SymbolName;
  /** Lengths of dashes and pauses; null for a solid line. A dashed model has hollow symbols. */
  dash: readonly number[] | null;
}

interface Hue {
  light: string;
  dark: string;
  symbol: SymbolName;
}

// Found by search: as far apart as eight can be in OKLab, for normal sight and each dichromacy alike (`hues.test`).
const HUES: readonly Hue[] = [
  { light: "#0c92ff", dark: "#7bb4d9", symbol: "circle" },
  { light: "#890e5c", dark: "#fe7e93", symbol: "square" },
  { light: "#0c8b73", dark: "#7ff4a2", symbol: "triangle" },
  { light: "#b38a05", dark: "#fcb903", symbol: "diamond" },
  { light: "#8149cf", dark: "#f7ccff", symbol: "wedge" },
  { light: "#11409b", dark: "#5471de", symbol: "plus" },
  { light: "#e356b1", dark: "#b54d99", symbol: "cross" },
  { light: "#635100", dark: "#928e1f", symbol: "bar" },
];

export const HUE_COUNT = HUES.length;
export const SLOT_COUNT = 2 * HUE_COUNT;

const DASH: readonly number[] = [6, 3];

/** Slots are 0 to `SLOT_COUNT` - 1. */
export function lookOf(slot: number, theme: Theme): Look {
  const hue = HUES[slot % HUE_COUNT];
  if (!hue) throw new RangeError(`No slot ${slot}`);
  return { color: hue[theme], symbol: hue.symbol, dash: slot < HUE_COUNT ? null : DASH };
}
