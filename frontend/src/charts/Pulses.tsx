// Owns the ring that leads the eye to a charge that has just come. Nothing else moves.
import { useCallback } from "react";
import { type Arrival, placeOn } from "@/charts/arrivals.ts";
import type { Frame } from "@/charts/frame.ts";
import type { Look } from "@/charts/hues.ts";

interface PulsesProps {
  frame: Frame;
  arrivals: readonly Arrival[];
  looks: ReadonlyMap<string, Look>;
}

const RING: Keyframe[] = [
  { transform: "scale(0.3)", opacity: 0.9 },
  { transform: "scale(1)", opacity: 0 },
];
const RING_MS = 1_200;

export function Pulses({ frame, arrivals, looks }: PulsesProps) {
  return arrivals.map((arrival) => {
    const place = placeOn(frame, arrival);
    const color = looks.get(arrival.model)?.color;
    if (!place || !color) return null;
    return <Ring key={`${arrival.ms} ${arrival.model}`} {...place} color={color} />;
  });
}

function Ring({ x, y, color }: { x: number; y: number; color: string }) {
  // A new charge is a new ring: it runs once, when it is put there.
  const start = useCallback((ring: HTMLSpanElement | null) => {
    if (!ring || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    ring.animate(RING, { duration: RING_MS, easing: "ease-out" });
  }, []);
  return (
    <span
      ref={start}
      aria-hidden="true"
      className="pointer-events-none absolute -mt-4 -ml-4 size-8 rounded-full border-2 opacity-0"
      style={{ left: x, top: y, borderColor: color }}
    />
  );
}
