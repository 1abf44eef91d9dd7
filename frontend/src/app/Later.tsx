// Owns that a part of the page waits until the rest of it is on the screen.
import { type ReactNode, useDeferredValue } from "react";

export function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}
