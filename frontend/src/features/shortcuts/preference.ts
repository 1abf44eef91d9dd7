// Owns whether single keys are shortcuts: a person may turn them off, and this browser remembers it.
//
// Somebody who speaks to the computer types letters without meaning to (WCAG 2.1.4).
import { useSyncExternalStore } from "react";

const KEY = "ccurve.shortcuts";
const OFF = "off";

const listeners = new Set<() => void>();

export function singlesAllowed(): boolean {
  return localStorage.getItem(KEY) !== OFF;
}

export function allowSingles(allowed: boolean): void {
  if (allowed) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, OFF);
  for (const listener of listeners) listener();
}

export function useSinglesAllowed(): boolean {
  return useSyncExternalStore(subscribe, singlesAllowed);
}

/** Other tabs tell by the storage event. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
