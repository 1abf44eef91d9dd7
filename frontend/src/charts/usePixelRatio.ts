// Owns how many device pixels a CSS pixel has: it changes with the browser's zoom and from screen to screen.
import { useSyncExternalStore } from "react";

export const usePixelRatio = (): number => useSyncExternalStore(subscribe, () => window.devicePixelRatio);

function subscribe(listener: () => void): () => void {
  let query = window.matchMedia("all");
  const watch = () => {
    query.removeEventListener("change", change);
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener("change", change);
  };
  const change = () => {
    watch(); // each query knows one ratio alone
    listener();
  };
  watch();
  return () => query.removeEventListener("change", change);
}
