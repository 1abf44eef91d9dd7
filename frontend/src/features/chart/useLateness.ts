// Owns patience: most waiting is over before anybody could read that it is waiting.
import { useEffect, useState } from "react";

const PATIENCE_MS = 400;

/** Returns true once `waiting` has been true for a while. */
export function useLateness(waiting: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = window.setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      window.clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  return isLate && waiting;
}
