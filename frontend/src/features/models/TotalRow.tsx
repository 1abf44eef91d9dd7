// Owns the last row: all models of the window together, hidden ones too.
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes.ts";
import { BESIDE, NARROW_ONLY, useWritten, WIDE_ONLY } from "./columns.ts";
import type { Row } from "./rows.ts";

export function TotalRow({ total }: { total: Omit<Row, "model"> }) {
  const { t } = useTranslation("models");
  const written = useWritten();
  return (
    <tr className="border-line border-t font-medium">
      <th scope="row" className="py-1.5 pr-2 pl-4 text-left font-medium">
        {t("total")}
        <span className={classes("block pb-1 font-normal text-muted text-xs tabular-nums", NARROW_ONLY)}>
          {BESIDE.filter((column) => column !== "share")
            .map((column) => t(`short_${column}`, { figure: written(total, column).text, count: total.requests }))
            .join(" · ")}
        </span>
      </th>
      <td className="whitespace-nowrap py-1.5 pr-4 pl-2 text-right align-top @2xl:pr-2">
        {written(total, "credits").text}
      </td>
      {BESIDE.map((column) => {
        const { text, title } = written(total, column);
        return (
          <td
            key={column}
            title={title}
            className={classes("whitespace-nowrap px-2 py-1.5 text-right last:pr-4", WIDE_ONLY)}
          >
            {text}
          </td>
        );
      })}
    </tr>
  );
}
