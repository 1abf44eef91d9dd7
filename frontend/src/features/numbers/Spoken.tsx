// Owns what screen readers hear of new totals: politely, and no more often than anybody would want to listen.
import { useEffect, useRef, useState } from "react";

const SETTLE_MS = 400;
const PAUSE_MS = 8_000;

interface SpokenProps {
  text: string;
  /** The text is said when this changes, not whenever the text does; null while there is nothing to say. */
  occasion: string | null;
}

export function Spoken({ text, occasion }: SpokenProps) {
  const [said, setSaid] = useState("");
  const newest = useRef(text);
  const before = useRef<string | null>(null);
  const saidMs = useRef(0);

  useEffect(() => {
    newest.current = text;
  }, [text]);

  useEffect(() => {
    const previous = before.current;
    if (occasion === null || occasion === previous) return;
    before.current = occasion;
    if (previous === null) return; // what a page opens with, its reader comes to by itself
    const waitMs = Math.max(SETTLE_MS, saidMs.current + PAUSE_MS - Date.now());
    const timer = setTimeout(() => {
      saidMs.current = Date.now();
      setSaid(newest.current);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [occasion]);

  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
