// Owns when the wheel is the chart's: where a movement of it begins over the chart. One that scrolls the page goes on
// scrolling it, though the chart comes under the pointer on the way.
import { type RefObject, useEffect, useEffectEvent } from "react";
import { msAt, type Plot, withinPlot } from "@/charts/plot.ts";
import { isSameSpan } from "@/charts/span.ts";
import { turned } from "@/charts/wheel.ts";
import type { Zoom } from "@/charts/zoom.ts";

/** A pause this long ends a movement of the wheel. */
const PAUSE_MS = 250;

export function useWheel(box: RefObject<HTMLElement | null>, plot: Plot | null, zoom: Zoom): void {
  /** Returns whether the window followed the turn. */
  const follow = useEffectEvent((event: WheelEvent): boolean => {
    const element = box.current;
    if (!plot || !element) return false;
    const aboutMs = msAt(plot, withinPlot(plot, event.clientX - element.getBoundingClientRect().left));
    const span = turned(plot.span, event, aboutMs, plot.right - plot.left, zoom.bounds);
    if (isSameSpan(span, plot.span)) return false;
    zoom.look(span, "soon");
    return true;
  });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let lastMs = -Infinity;
    let owner: "nobody" | "page" | "chart" = "nobody";
    const onAnyWheel = (event: WheelEvent) => {
      if (event.timeStamp - lastMs > PAUSE_MS) owner = "nobody";
      lastMs = event.timeStamp;
      const isOver = event.target instanceof Node && element.contains(event.target);
      if (owner === "nobody" && !isOver) owner = "page";
    };
    const onOwnWheel = (event: WheelEvent) => {
      if (owner === "page") return;
      // At the end of its way the chart keeps the rest of the movement, lest the page jumps.
      owner = follow(event) || owner === "chart" ? "chart" : "page";
      if (owner === "chart") event.preventDefault();
    };
    const early = { capture: true, passive: true };
    window.addEventListener("wheel", onAnyWheel, early);
    element.addEventListener("wheel", onOwnWheel, { passive: false });
    return () => {
      window.removeEventListener("wheel", onAnyWheel, early);
      element.removeEventListener("wheel", onOwnWheel);
    };
  }, [box]);
}
