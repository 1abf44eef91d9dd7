// Owns the chart's part of the page: its modes, its four states, its words. The chart itself is `charts/UsageChart`.
import { type ReactNode, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { drawingOf } from "@/charts/lines.ts";
import { holesIn } from "@/charts/span.ts";
import { UsageChart } from "@/charts/UsageChart.tsx";
import { newestOf } from "@/state/figures.ts";
import { useConfig, useSelect, useZone } from "@/state/provider.tsx";
import { shownOf } from "@/state/shown.ts";
import { Card } from "@/ui/Card.tsx";
import { ChartFooter } from "./ChartFooter.tsx";
import { ChartMessage } from "./ChartMessage.tsx";
import { ChartSummary } from "./ChartSummary.tsx";
import { makeDrawable } from "./drawable.ts";
import { isAnswerMissing, knownUntilMs } from "./knowledge.ts";
import { ModeControl } from "./ModeControl.tsx";
import { narrowed } from "./narrowed.ts";
import { useArrivals } from "./useArrivals.ts";
import { useZoom } from "./useZoom.ts";
import { ZoomControls } from "./ZoomControls.tsx";

const drawable = makeDrawable();

interface ChartPanelProps {
  /** The choice of the window, beside that of the mode. */
  children?: ReactNode;
}

export function ChartPanel({ children }: ChartPanelProps) {
  const { t } = useTranslation("chart");
  const titleId = useId();
  const summaryId = useId();
  const zone = useZone();
  const { chartMode, hiddenModels } = useConfig();
  const shown = useSelect((state) => drawable(shownOf(state)));
  const untilMs = useSelect(knownUntilMs);
  const isMissing = useSelect(isAnswerMissing);
  const hasCharges = useSelect((state) => newestOf(state) !== null);
  const arrivals = useArrivals(shown);
  const { span, zoom } = useZoom(shown);

  const window = useMemo(() => narrowed(shown, span), [shown, span]);
  const drawing = useMemo(
    () => drawingOf(window, chartMode, hiddenModels, zone, untilMs),
    [window, chartMode, hiddenModels, zone, untilMs],
  );
  const holes = useMemo(
    // Before anything was ever charged, there is nothing to be missed.
    () => (isMissing && hasCharges ? drawing.holes : holesIn(shown.gaps, drawing.span)),
    [isMissing, hasCharges, drawing, shown.gaps],
  );
  const last = drawing.holes.at(-1);
  const isOpen =
    isMissing && hasCharges && last !== undefined && last.toMs === drawing.span.toMs && shown.view.kind === "live";
  return (
    <Card aria-labelledby={titleId} aria-busy={shown.phase === "loading"} className="flex flex-col gap-2 p-3 sm:p-4">
      <h2 id={titleId} className="sr-only">
        {t("title")}
      </h2>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {children}
        <ModeControl />
      </header>
      <div
        data-dim={shown.phase === "stale" || shown.phase === "loading"}
        className="group/chart relative h-[clamp(260px,42vh,520px)]"
      >
        <UsageChart drawing={drawing} holes={holes} arrivals={arrivals} zone={zone} zoom={zoom} summaryId={summaryId} />
        <ChartMessage shown={shown} drawing={drawing} />
      </div>
      <ChartSummary id={summaryId} drawing={drawing} shown={shown} />
      <ChartFooter
        drawing={drawing}
        shown={shown}
        isZoomed={zoom.isZoomed}
        unknownSinceMs={isOpen ? last.fromMs : null}
      >
        <ZoomControls span={span} zoom={zoom} />
      </ChartFooter>
    </Card>
  );
}
