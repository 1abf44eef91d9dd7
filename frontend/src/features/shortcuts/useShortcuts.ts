// Owns what the shortcuts do, and when a key is none: while somebody types, and under an open dialog.
import { useEffect, useEffectEvent } from "react";
import type { Config } from "@/api/schemas.ts";
import { useActions, useConfig, useSelect } from "@/state/provider.tsx";
import { singlesAllowed } from "./preference.ts";
import { type Command, commandOf } from "./table.ts";

const NEXT_THEME = { system: "light", light: "dark", dark: "system" } as const satisfies Record<
  Config["theme"],
  Config["theme"]
>;

const TYPED_INTO = "input, textarea, select, [contenteditable]";
/** What lies above the page has keys of its own. */
const ABOVE = "dialog[open]";

/** What belongs to other parts of the page; the rest is done here. */
export interface ShortcutHandlers {
  help: () => void;
  refresh: () => void;
  toggle: () => void;
  settings: () => void;
}

export function useShortcuts(handlers: ShortcutHandlers): void {
  const { showLive, patchConfig, unzoom } = useActions();
  const { theme, rangeMinutes } = useConfig();
  const isZoomed = useSelect((state) => state.zoom !== null);
  const isFixed = useSelect((state) => state.fixed !== null);

  function run(command: Command): void {
    switch (command.does) {
      case "range":
        showLive(command.minutes);
        break;
      case "mode":
        void patchConfig({ chartMode: command.mode });
        break;
      case "theme":
        void patchConfig({ theme: NEXT_THEME[theme] });
        break;
      case "back":
        if (isZoomed) unzoom();
        else if (isFixed) showLive(rangeMinutes);
        break;
      default:
        handlers[command.does]();
    }
  }

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector(ABOVE)) return;
    if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return;
    const command = commandOf(event, singlesAllowed());
    if (!command) return;
    event.preventDefault();
    run(command);
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
