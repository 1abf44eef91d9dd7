// Owns the words beside the crosshair: when, what each model was charged, and the sum.
import { type RefObject, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Drawing } from "@/charts/lines.ts";
import type { Look } from "@/charts/palette.ts";
import { placed } from "@/charts/placing.ts";
import type { Reading } from "@/charts/reading.ts";
import { Swatch } from "@/charts/Swatch.tsx";
import { readingSum, readingTime } from "@/charts/telling.ts";
import type { Place } from "@/charts/usePointer.ts";
import { formatCount, formatCredits, modelNames } from "@/lib/format.ts";

interface TooltipProps {
  reading: Reading;
  drawing: Drawing;
  looks: ReadonlyMap<string, Look>;
  zone: string;
  at: Place;
  box: RefObject<HTMLElement | null>;
}

const MOST_ROWS = 10;

export function Tooltip({ reading, drawing, looks, zone, at, box }: TooltipProps) {
  const { t } = useTranslation("chart");
  const tooltip = useRef<HTMLDivElement>(null);
  const names = modelNames(drawing.lines.map((line) => line.model));
  const rows = reading.rows.slice(0, MOST_ROWS);
  const sum = readingSum(reading);
  const counts = drawing.mode === "requests" ? sum.requests > reading.rows.length || drawing.bucketMs !== null : true;

  useLayoutEffect(() => {
    if (!tooltip.current || !box.current) return;
    const { offsetWidth: width, offsetHeight: height } = tooltip.current;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const { left, top } = placed(at, { width, height }, box.current.getBoundingClientRect(), view);
    tooltip.current.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });

  return (
    <div
      ref={tooltip}
      data-testid="chart-tooltip"
      aria-hidden="true"
      className="pointer-events-none absolute top-0 left-0 z-20 w-max max-w-[calc(100vw-1rem)] rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs tabular-nums"
    >
      <p className="whitespace-nowrap text-muted">{readingTime(reading, drawing.mode, zone, t)}</p>
      {reading.isUnknown && <p className="text-warn">{t(rows.length > 0 ? "atLeast" : "nothingKnown")}</p>}
      {rows.length > 0 && (
        <table className="mt-0.5">
          <tbody>
            {rows.map(({ model, micros, requests }) => (
              <tr key={model}>
                <td className="max-w-48 py-px pr-4">
                  <span className="flex items-center gap-1.5">
                    <Swatch look={looks.get(model)} />
                    <span className="truncate">{names.get(model) ?? model}</span>
                  </span>
                </td>
                {counts && (
                  <td className="pr-4 text-right text-muted">
                    {requests > 0 && t("times", { count: requests, written: formatCount(requests) })}
                  </td>
                )}
                <td className="text-right font-medium">{formatCredits(micros)}</td>
              </tr>
            ))}
            {reading.rows.length > 1 && (
              <tr className="border-line border-t">
                <td className="py-px text-muted">
                  {reading.rows.length > MOST_ROWS ? t("sumOf", { count: reading.rows.length }) : t("sum")}
                </td>
                {counts && (
                  <td className="pr-4 text-right text-muted">
                    {sum.requests > 0 && t("times", { count: sum.requests, written: formatCount(sum.requests) })}
                  </td>
                )}
                <td className="text-right font-medium">{formatCredits(sum.micros)}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}
