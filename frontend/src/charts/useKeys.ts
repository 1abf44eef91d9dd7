// Owns what the keys do in the chart: they move the crosshair and the window. Which key is which, `keys` says.
import type { KeyboardEvent } from "react";
import type { Frame } from "@/charts/frame.ts";
import { keyCommand } from "@/charts/keys.ts";
import { isSameSpan, movedBy, type Span, zoomedAbout } from "@/charts/span.ts";
import { steppedTo } from "@/charts/steps.ts";
import type { Zoom } from "@/charts/zoom.ts";

/** `atMs` is where the crosshair stands, null where it does not; `show` puts it there. */
export function useKeys(frame: Frame | null, zoom: Zoom, atMs: number | null, show: (ms: number | null) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const command = keyCommand(event);
    if (!frame || !command) return;
    const { span } = frame.plot;
    switch (command.does) {
      case "step":
        show(steppedTo(frame, atMs, command.step));
        break;
      case "zoom":
        look(zoomedAbout(span, atMs ?? (span.fromMs + span.toMs) / 2, command.factor, zoom.bounds), span, zoom);
        break;
      case "move":
        look(movedBy(span, command.share, zoom.bounds), span, zoom);
        break;
      case "back":
        if (atMs === null && !zoom.isZoomed) return; // somebody else's
        show(null);
        if (zoom.isZoomed) zoom.back();
        break;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

function look(span: Span, before: Span, zoom: Zoom): void {
  if (!isSameSpan(span, before)) zoom.look(span, "now");
}
