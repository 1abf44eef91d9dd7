// Owns the head of a column: its name, and that a click sorts by it.
import { ArrowDown, ArrowUp } from "lucide-react";
import { classes } from "@/lib/classes.ts";
import { CELL } from "./columns.ts";
import type { Column, Sort } from "./rows.ts";

interface ColumnHeadProps {
  column: Column;
  label: string;
  sort: Sort;
  onSort: (column: Column) => void;
}

export function ColumnHead({ column, label, sort, onSort }: ColumnHeadProps) {
  const active = sort.column === column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={active ? (sort.descending ? "descending" : "ascending") : undefined}
      className={classes(
        "py-1 font-medium text-xs",
        column === "model" ? "pr-2 pl-4 text-left" : `text-right ${CELL[column]}`,
      )}
    >
      <button
        type="button"
        onClick={() => onSort(column)}
        className={classes(
          "relative inline-flex min-h-6 items-center whitespace-nowrap rounded-sm hover:text-ink",
          active ? "text-ink" : "text-muted",
        )}
      >
        {label}
        {active && (
          <Arrow
            size={12}
            aria-hidden="true"
            className={classes("absolute", column === "model" ? "left-full ml-1" : "right-full mr-0.5")}
          />
        )}
      </button>
    </th>
  );
}
