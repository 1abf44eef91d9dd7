// Owns the cells of a row's figures, and the line that stands below its name where there is no room for them.
import { useTranslation } from "react-i18next";
import type { Look } from "@/charts/palette.ts";
import { classes } from "@/lib/classes.ts";
import { BESIDE, CELL, FIGURES, NARROW_ONLY, useWritten } from "./columns.ts";
import type { Row } from "./rows.ts";
import { ShareBar } from "./ShareBar.tsx";

interface FiguresProps {
  row: Omit<Row, "model">;
}

interface FigureCellsProps extends FiguresProps {
  /** The share has a bar in that colour. */
  bar?: Look | undefined;
}

export function FigureCells({ row, bar }: FigureCellsProps) {
  const written = useWritten();
  return FIGURES.map((column) => {
    const { text, title } = written(row, column);
    return (
      <td
        key={column}
        title={title}
        className={classes("whitespace-nowrap py-1 text-right align-top leading-7", CELL[column])}
      >
        {column === "share" && bar ? (
          <span className="flex items-center gap-2">
            <ShareBar share={row.share} look={bar} />
            <span className="w-12">{text}</span>
          </span>
        ) : (
          text
        )}
      </td>
    );
  });
}

export function FiguresBelow({ row }: FiguresProps) {
  const { t } = useTranslation("models");
  const written = useWritten();
  return (
    <span className={classes("flex flex-wrap gap-x-3 pb-1 font-normal text-muted text-xs", NARROW_ONLY)}>
      {BESIDE.map((column) => (
        <span key={column} className="whitespace-nowrap">
          {t(`short_${column}`, { figure: written(row, column).text, count: row.requests })}
        </span>
      ))}
    </span>
  );
}
