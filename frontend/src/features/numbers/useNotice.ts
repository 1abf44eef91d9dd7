// Owns how something new is noticed: its background fades, once, where motion is welcome.
import { type RefObject, useEffect, useRef } from "react";

const FADE_MS = 1600;

/**
 * Fades the element's background whenever `sign` changes, but not from undefined (nothing is known yet) to the first
 * thing that is known.
 */
export function useNotice<T extends HTMLElement>(sign: number | null | undefined): RefObject<T | null> {
  const element = useRef<T>(null);
  const seen = useRef(sign);

  useEffect(() => {
    const before = seen.current;
    seen.current = sign;
    if (before === undefined || before === sign || sign === null) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const fade = [{ backgroundColor: "var(--accent-soft)" }, { backgroundColor: "var(--surface)" }];
    element.current?.animate(fade, { duration: FADE_MS, easing: "ease-in" });
  }, [sign]);

  return element;
}
