// Owns how the keys of the chart are told in the list. What they do is the chart's own; a test holds the two together.

export interface ChartKey {
  words: string;
  /** What stands on the keys. */
  names: readonly string[];
  /** What the browser calls them. */
  pressed: readonly { key: string; shiftKey: boolean }[];
}

export const CHART_KEYS: readonly ChartKey[] = [
  { words: "chartStep", names: ["←", "→"], pressed: [plain("ArrowLeft"), plain("ArrowRight")] },
  { words: "chartEnds", names: ["Home", "End"], pressed: [plain("Home"), plain("End")] },
  { words: "chartMove", names: ["Shift", "←", "→"], pressed: [shifted("ArrowLeft"), shifted("ArrowRight")] },
  { words: "chartZoom", names: ["+", "−"], pressed: [plain("+"), plain("-")] },
  { words: "chartBack", names: ["0"], pressed: [plain("0")] },
];

function plain(key: string) {
  return { key, shiftKey: false };
}

function shifted(key: string) {
  return { key, shiftKey: true };
}
