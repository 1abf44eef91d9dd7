// Owns the words below the chart: what a point means, of what nothing is known and why, how to look closer.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Drawing } from "@/charts/lines.ts";
import { holesIn } from "@/charts/span.ts";
import { formatMoment, formatSpan, formatStretch } from "@/lib/format.ts";
import { useSelect, useZone } from "@/state/provider.tsx";
import type { Shown } from "@/state/shown.ts";

interface ChartFooterProps {
  drawing: Drawing;
  shown: Shown;
  isZoomed: boolean;
  /** Since when nothing is known, where that is worth a word. */
  unknownSinceMs: number | null;
  children: ReactNode;
}

const MOST_GAPS = 2;

export function ChartFooter({ drawing, shown, isZoomed, unknownSinceMs, children }: ChartFooterProps) {
  const { t } = useTranslation("chart");
  const zone = useZone();
  const isEnabled = useSelect(({ status }) => status?.task.enabled ?? false);
  const reason = shown.phase === "stale" ? "unheard" : isEnabled ? "unanswered" : "unasked";
  const gaps = holesIn(shown.gaps, drawing.span);
  const width = drawing.bucketMs === null ? "" : formatSpan(drawing.bucketMs, t);
  const each = drawing.bucketMs === null ? "charge" : "bucket";
  return (
    <footer className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 text-muted text-xs">
      <div className="flex min-w-0 flex-col gap-0.5 py-1.5">
        <p>
          {shown.phase === "stale" && <span className="mr-2 font-medium text-warn">{t("stale")}</span>}
          {isZoomed && (
            <span className="mr-2 text-ink tabular-nums">
              {formatStretch(drawing.span.fromMs, drawing.span.toMs, zone)}
            </span>
          )}
          {t(`each_${drawing.mode}_${each}`, { width })}
          {!isZoomed && <span className="ml-2 text-faint pointer-coarse:hidden">{t("hint")}</span>}
        </p>
        {gaps.slice(0, MOST_GAPS).map((gap) => (
          <p key={gap.fromMs}>{t("gap", { time: formatStretch(gap.fromMs, gap.toMs, zone) })}</p>
        ))}
        {gaps.length > MOST_GAPS && <p>{t("moreGaps", { count: gaps.length - MOST_GAPS })}</p>}
        {unknownSinceMs !== null && <p>{t(reason, { time: formatMoment(unknownSinceMs, zone) })}</p>}
      </div>
      {children}
    </footer>
  );
}
