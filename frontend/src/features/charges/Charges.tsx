// Owns the table of what the chart draws, for those who cannot see it or want the figures, and the way to all of them.
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { drawingOf } from "@/charts/lines.ts";
import { useLooks } from "@/charts/palette.ts";
import { classes } from "@/lib/classes.ts";
import { formatCount, formatSpan, modelNames } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useConfig, useShown, useZone } from "@/state/provider.tsx";
import { Card } from "@/ui/Card.tsx";
import { ChargeRow, WIDE_ONLY } from "./ChargeRow.tsx";
import { ExportLinks } from "./ExportLinks.tsx";
import { newestRows } from "./rows.ts";

/** More rows would help nobody and slow everybody down; the export has all. */
const MOST_ROWS = 200;

export function Charges() {
  const { t, i18n } = useTranslation("charges");
  const words = useProblemWords();
  const zone = useZone();
  const shown = useDeferredValue(useShown()); // the chart first
  const { chartMode, hiddenModels } = useConfig();
  // In an order that does not change with the sums, so that the looks stay what they are.
  const models = shown.totals.map((total) => total.model).sort();
  const looks = useLooks(models);
  const names = modelNames(models);

  // Of holes the table says nothing, so that all of the window may pass for known here.
  const drawing = useMemo(
    () => drawingOf(shown, chartMode, hiddenModels, zone, shown.toMs),
    [shown, chartMode, hiddenModels, zone],
  );
  const { rows, count } = useMemo(() => newestRows(drawing, MOST_ROWS), [drawing]);
  const counted = drawing.bucketMs !== null || chartMode === "cumulative";
  const span = drawing.bucketMs === null ? "" : formatSpan(drawing.bucketMs, t);
  const kind = chartMode === "cumulative" ? "cumulative" : drawing.bucketMs === null ? "charges" : "buckets";
  const { phase, problem } = shown;
  return (
    <Card aria-busy={phase === "loading"} className="@container flex flex-col text-[13px]">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <h2 id="charges-title" className="font-semibold text-[13px]">
          {t(`title_${kind}`, { span })}
        </h2>
        {count > MOST_ROWS && (
          <span className="order-last w-full pb-1 text-muted text-xs">
            {t("newest", { shown: MOST_ROWS, all: formatCount(count, i18n.language) })}
          </span>
        )}
        <ExportLinks view={shown.view} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-labelledby="charges-title" tabIndex={0} className="max-h-96 overflow-auto">
        <table
          data-testid="usage-table"
          className={classes(
            "w-full border-collapse text-xs tabular-nums @md:text-[13px]",
            phase === "stale" && "text-muted",
          )}
        >
          <caption className="sr-only">{t(`caption_${kind}`, { span })}</caption>
          <thead className="sticky top-0 bg-surface text-muted text-xs">
            <tr>
              <th scope="col" className="py-1 pr-2 pl-4 text-left font-medium">
                {t(`time_${kind}`)}
              </th>
              <th scope="col" className="px-2 py-1 text-left font-medium">
                {t("model")}
              </th>
              <th
                scope="col"
                className={classes(
                  "whitespace-nowrap py-1 pl-2 text-right font-medium",
                  counted ? "pr-4 @md:pr-2" : "pr-4",
                )}
              >
                {t(kind === "cumulative" ? "creditsSoFar" : "credits")}
              </th>
              {counted && (
                <th
                  scope="col"
                  className={classes("whitespace-nowrap py-1 pr-4 pl-2 text-right font-medium", WIDE_ONLY)}
                >
                  {t(kind === "cumulative" ? "requestsSoFar" : "requests")}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ChargeRow
                key={row.key}
                row={row}
                name={names.get(row.model) ?? row.model}
                look={looks.get(row.model)}
                counted={counted}
                zone={zone}
                locale={i18n.language}
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="border-line border-t px-4 py-4 text-muted">
            {phase === "loading" ? t("loading") : phase === "failed" && problem ? words(problem) : t("empty")}
          </p>
        )}
      </section>
    </Card>
  );
}
