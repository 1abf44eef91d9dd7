// Owns where the focus goes when something opens in its place: to its first control, and back again when it closes.
import { type RefObject, useEffect, useRef } from "react";

export function useBorrowedFocus<T extends HTMLElement>(): RefObject<T | null> {
  const place = useRef<T>(null);
  useEffect(() => {
    const lender = document.activeElement;
    place.current?.querySelector<HTMLElement>("input, button")?.focus();
    return () => {
      // Whoever has moved on meanwhile stays where they are.
      if (document.activeElement === document.body && lender instanceof HTMLElement) lender.focus();
    };
  }, []);
  return place;
}
