// Owns the comparison of the models, which is the chart's legend too. What is drawn of them is the chart's.
import { useTranslation } from "react-i18next";
import { useLooks } from "@/charts/palette.ts";
import { classes } from "@/lib/classes.ts";
import { formatSpan, modelNames } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useStanding } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { ColumnHead } from "./ColumnHead.tsx";
import { NARROW_ONLY } from "./columns.ts";
import { isAlone } from "./hidden.ts";
import { ModelRow } from "./ModelRow.tsx";
import { COLUMNS, type Column, rowsOf, totalOf } from "./rows.ts";
import { SortSelect } from "./SortSelect.tsx";
import { TotalRow } from "./TotalRow.tsx";
import { useHiding } from "./useHiding.ts";
import { useSort } from "./useSort.ts";

export function ModelsTable() {
  const { t } = useTranslation("models");
  const words = useProblemWords();
  const { totals, phase, problem, bucketMs } = useStanding();
  const models = totals.map((total) => total.model);
  const looks = useLooks(models);
  const names = modelNames(models);
  const hiding = useHiding(models);
  const { sort, sortBy } = useSort();

  const rows = rowsOf(totals, sort);
  const total = totalOf(rows);
  const hidden = models.filter((model) => hiding.hidden.includes(model)).length;
  const labels = Object.fromEntries(COLUMNS.map((column) => [column, t(column)])) as Record<Column, string>;
  if (bucketMs !== null) labels.largest = t("largestBucket", { span: formatSpan(bucketMs, t) });
  return (
    <Card aria-labelledby="models-title" aria-busy={phase === "loading"} className="@container text-[13px]">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <h2 id="models-title" className="font-semibold text-[13px]">
          {t("title")}
        </h2>
        {hidden > 0 && (
          <>
            <span className="text-muted text-xs">{t("hidden", { count: hidden })}</span>
            <Button size="sm" variant="ghost" onClick={hiding.showAll}>
              {t("showAll")}
            </Button>
          </>
        )}
        {rows.length > 1 && (
          <SortSelect sort={sort} labels={labels} onSort={sortBy} className={classes("ml-auto w-22", NARROW_ONLY)} />
        )}
        {hiding.problem && (
          <p role="alert" className="w-full text-danger text-xs">
            {words(hiding.problem)}
          </p>
        )}
      </header>
      {rows.length === 0 && (
        <p className="px-4 pb-4 text-muted">
          {phase === "loading" ? t("loading") : phase === "failed" && problem ? words(problem) : t("empty")}
        </p>
      )}
      {total && (
        <div className="overflow-x-auto">
          <table className={classes("w-full border-collapse tabular-nums", phase === "stale" && "text-muted")}>
            <caption className="sr-only">{t("caption")}</caption>
            <thead className="border-line border-t">
              <tr>
                {COLUMNS.map((column) => (
                  <ColumnHead key={column} column={column} label={labels[column]} sort={sort} onSort={sortBy} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <ModelRow
                  key={row.model}
                  row={row}
                  name={names.get(row.model) ?? row.model}
                  look={looks.get(row.model)}
                  alone={isAlone(hiding.hidden, row.model, models)}
                  hiding={hiding}
                />
              ))}
            </tbody>
            {rows.length > 1 && (
              <tfoot>
                <TotalRow total={total} />
              </tfoot>
            )}
          </table>
        </div>
      )}
    </Card>
  );
}
