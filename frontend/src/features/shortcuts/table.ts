// Owns the table of shortcuts: which key does what. Both the handler and the list on the page are made from it.
//
// Keys are chosen by place, for the page has two languages: the digits are the ranges, and under them q w e the modes,
// both in the order in which they stand on the page.
import type { ChartMode } from "@/api/schemas.ts";

export type Command =
  | { does: "help" | "refresh" | "toggle" | "settings" | "theme" | "back" }
  | { does: "range"; minutes: number }
  | { does: "mode"; mode: ChartMode };

export interface Shortcut {
  key: string;
  command: Command;
}

export type Group = "page" | "range" | "mode";

export const SHORTCUTS: Record<Group, readonly Shortcut[]> = {
  page: [
    { key: "?", command: { does: "help" } },
    { key: "r", command: { does: "refresh" } },
    { key: "p", command: { does: "toggle" } },
    { key: "s", command: { does: "settings" } },
    { key: "t", command: { does: "theme" } },
    { key: "Escape", command: { does: "back" } },
  ],
  range: [60, 120, 180, 360, 720, 1_440, 10_080, 43_200].map((minutes, index) => ({
    key: String(index + 1),
    command: { does: "range", minutes },
  })),
  mode: [
    { key: "q", command: { does: "mode", mode: "requests" } },
    { key: "w", command: { does: "mode", mode: "rate" } },
    { key: "e", command: { does: "mode", mode: "cumulative" } },
  ],
};

const BY_KEY = new Map(
  Object.values(SHORTCUTS)
    .flat()
    .map(({ key, command }) => [key, command]),
);

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "repeat" | "isComposing">;

/** What a key asks for, null where nothing. With `singles` off only keys that write no character count. */
export function commandOf(pressed: Pressed, singles: boolean): Command | null {
  const { key, ctrlKey, altKey, metaKey, repeat, isComposing } = pressed;
  if (ctrlKey || altKey || metaKey || repeat || isComposing) return null;
  if (key.length === 1 && !singles) return null;
  return BY_KEY.get(key.length === 1 ? key.toLowerCase() : key) ?? null;
}
