// Owns what a pointer does in the chart: it shows what is under it, draws a rectangle to zoom to, and goes back.
//
// A finger scrolls the page up and down as everywhere; sideways it shows what is under it.
import { type PointerEvent, useState } from "react";
import { isInPlot, msAt, type Plot, withinPlot } from "@/charts/plot.ts";
import { spanBetween } from "@/charts/span.ts";
import type { Zoom } from "@/charts/zoom.ts";

export interface Place {
  x: number;
  y: number;
}

export interface Rectangle {
  fromX: number;
  toX: number;
}

/** Nobody's hand is quite still during a click. */
const LEAST_DRAG_PX = 5;
const NEAR_PX = 16;

export function usePointer(plot: Plot | null, zoom: Zoom, show: (place: Place | null) => void) {
  const [drag, setDrag] = useState<Rectangle | null>(null);

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    const place = placeOf(event);
    if (!plot || event.button !== 0 || event.pointerType === "touch") return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const fromX = withinPlot(plot, place.x);
    setDrag({ fromX, toX: fromX });
  }

  function onPointerMove(event: PointerEvent<HTMLElement>) {
    if (!plot) return;
    const place = placeOf(event);
    if (drag) setDrag({ ...drag, toX: withinPlot(plot, place.x) });
    show(isInPlot(plot, place.x, place.y, NEAR_PX) ? place : null);
  }

  function onPointerUp(event: PointerEvent<HTMLElement>) {
    setDrag(null);
    if (!plot) return;
    const place = placeOf(event);
    if (event.pointerType === "touch" && isInPlot(plot, place.x, place.y, NEAR_PX)) show(place);
    if (!drag) return;
    // It ends here: the last move may be still to be rendered.
    const rectangle = { ...drag, toX: withinPlot(plot, place.x) };
    if (isDrawn(rectangle))
      zoom.look(spanBetween(msAt(plot, rectangle.fromX), msAt(plot, rectangle.toX), zoom.bounds), "now");
  }

  return {
    rectangle: drag && isDrawn(drag) ? drag : null,
    /** Leaves a rectangle that is being drawn without zooming to it. */
    cancel: () => setDrag(null),
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: () => setDrag(null),
      onPointerLeave: (event: PointerEvent<HTMLElement>) => event.pointerType !== "touch" && show(null),
      onDoubleClick: () => zoom.isZoomed && zoom.back(),
    },
  };
}

function isDrawn({ fromX, toX }: Rectangle): boolean {
  return Math.abs(toX - fromX) >= LEAST_DRAG_PX;
}

function placeOf(event: PointerEvent<HTMLElement>): Place {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
