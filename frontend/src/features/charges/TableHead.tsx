// Owns the names of the table's columns, which follow from what a row stands for.
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes.ts";
import { WIDE_ONLY } from "./ChargeRow.tsx";

/** What a row stands for: a charge, a bucket, or a running sum. */
export type Kind = "charges" | "buckets" | "cumulative";

interface TableHeadProps {
  kind: Kind;
  /** Whether a row may stand for several requests. */
  counted: boolean;
}

export function TableHead({ kind, counted }: TableHeadProps) {
  const { t } = useTranslation("charges");
  const summed = kind === "cumulative";
  return (
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
          className={classes("whitespace-nowrap py-1 pl-2 text-right font-medium", counted ? "pr-4 @md:pr-2" : "pr-4")}
        >
          {t(summed ? "creditsSoFar" : "credits")}
        </th>
        {counted && (
          <th scope="col" className={classes("whitespace-nowrap py-1 pr-4 pl-2 text-right font-medium", WIDE_ONLY)}>
            {t(summed ? "requestsSoFar" : "requests")}
          </th>
        )}
      </tr>
    </thead>
  );
}
