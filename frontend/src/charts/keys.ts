// Owns what the keys mean in the chart. Pure; what they do is `useKeys`'.
import type { Step } from "@/charts/steps.ts";

export type KeyCommand =
  | { does: "step"; step: Step }
  | { does: "zoom"; factor: number }
  | { does: "move"; share: number }
  | { does: "back" };

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">;

const COMMANDS = new Map<string, KeyCommand>(
  Object.entries({
    ArrowLeft: { does: "step", step: "previous" },
    ArrowRight: { does: "step", step: "next" },
    Home: { does: "step", step: "first" },
    End: { does: "step", step: "last" },
    "+": { does: "zoom", factor: 0.5 },
    "=": { does: "zoom", factor: 0.5 },
    "-": { does: "zoom", factor: 2 },
    _: { does: "zoom", factor: 2 },
    "0": { does: "back" },
    Escape: { does: "back" },
  }),
);

const SHIFTED = new Map<string, KeyCommand>(
  Object.entries({
    ArrowLeft: { does: "move", share: -0.25 },
    ArrowRight: { does: "move", share: 0.25 },
  }),
);

export function keyCommand({ key, shiftKey, ctrlKey, altKey, metaKey }: Pressed): KeyCommand | null {
  if (ctrlKey || altKey || metaKey) return null;
  return (shiftKey ? SHIFTED.get(key) : undefined) ?? COMMANDS.get(key) ?? null;
}
