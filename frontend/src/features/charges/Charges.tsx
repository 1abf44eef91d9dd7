// Owns the table of what the chart draws, for those who cannot see it or want the figures, and the way to all of them.
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { drawingOf } from "@/charts/lines.ts";
import { useLooks } from "@/charts/palette.ts";
import { holesIn } from "@/charts/span.ts";
import { classes } from "@/lib/classes.ts";
import { formatCount, formatSpan, modelNames } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useConfig, useStanding, useZone } from "@/state/provider.tsx";
import { Card } from "@/ui/Card.tsx";
import { ChargeRow } from "./ChargeRow.tsx";
import { ExportLinks } from "./ExportLinks.tsx";
import { HoleRow } from "./HoleRow.tsx";
import { newestRows, withHoles } from "./rows.ts";
import { type Kind, TableHead } from "./TableHead.tsx";

/** More rows would help nobody and slow everybody down; the export has all. */
const MOST_ROWS = 200;

export function Charges() {
  const { t } = useTranslation("charges");
  const words = useProblemWords();
  const zone = useZone();
  const shown = useDeferredValue(useStanding()); // the chart first
  const { chartMode, hiddenModels } = useConfig();
  // In an order that does not change with the sums, so that the looks stay what they are.
  const models = shown.totals.map((total) => total.model).sort();
  const looks = useLooks(models);
  const names = modelNames(models);

  // The lines break at gaps, the table has a row for each: for the sums, all of the window may pass for known.
  const drawing = useMemo(
    () => drawingOf({ ...shown, gaps: [] }, chartMode, hiddenModels, zone, shown.toMs),
    [shown, chartMode, hiddenModels, zone],
  );
  const { rows, count } = useMemo(() => newestRows(drawing, MOST_ROWS), [drawing]);
  const entries = withHoles({ rows, count }, holesIn(shown.gaps, drawing.span));
  const counted = drawing.bucketMs !== null || chartMode === "cumulative";
  const span = drawing.bucketMs === null ? "" : formatSpan(drawing.bucketMs, t);
  const kind: Kind = chartMode === "cumulative" ? "cumulative" : drawing.bucketMs === null ? "charges" : "buckets";
  const { phase, problem } = shown;
  return (
    <Card aria-busy={phase === "loading"} className="@container flex flex-col text-[13px]">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <h2 id="charges-title" className="font-semibold text-[13px]">
          {t(`title_${kind}`, { span })}
        </h2>
        {count > MOST_ROWS && (
          <span className="order-last w-full pb-1 text-muted text-xs">
            {t("newest", { shown: MOST_ROWS, all: formatCount(count) })}
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
          <TableHead kind={kind} counted={counted} />
          <tbody>
            {entries.map((entry) =>
              "model" in entry ? (
                <ChargeRow
                  key={entry.key}
                  row={entry}
                  name={names.get(entry.model) ?? entry.model}
                  look={looks.get(entry.model)}
                  counted={counted}
                  zone={zone}
                />
              ) : (
                <HoleRow
                  key={entry.key}
                  fromMs={entry.fromMs}
                  toMs={entry.toMs}
                  columns={counted ? 4 : 3}
                  zone={zone}
                />
              ),
            )}
          </tbody>
        </table>
        {entries.length === 0 && (
          <p className="border-line border-t px-4 py-4 text-muted">
            {phase === "loading" ? t("loading") : phase === "failed" && problem ? words(problem) : t("empty")}
          </p>
        )}
      </section>
    </Card>
  );
}
