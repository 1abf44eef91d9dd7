// Owns which theme the page wears, for what is coloured without the style sheet. Who sets it is `app`.
import { useSyncExternalStore } from "react";
import type { Theme } from "@/charts/hues.ts";

export const useTheme = (): Theme => useSyncExternalStore(subscribe, worn);

function worn(): Theme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
