// Owns the head of a column: its name, and that a click sorts by it.
import { ArrowDown, ArrowUp } from "lucide-react";
import { classes } from "@/lib/classes.ts";
import type { Column, Sort } from "./rows.ts";

interface ColumnHeadProps {
  column: Column;
  label: string;
  sort: Sort;
  onSort: (column: Column) => void;
  className?: string | undefined;
}

export function ColumnHead({ column, label, sort, onSort, className }: ColumnHeadProps) {
  const active = sort.column === column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const atEnd = column !== "model";
  return (
    <th
      scope="col"
      aria-sort={active ? (sort.descending ? "descending" : "ascending") : undefined}
      className={classes(
        "px-2 py-1 font-medium text-xs first:pl-4 last:pr-4",
        atEnd ? "text-right" : "text-left",
        className,
      )}
    >
      <button
        type="button"
        onClick={() => onSort(column)}
        className={classes(
          "inline-flex min-h-6 items-center gap-1 whitespace-nowrap rounded-sm hover:text-ink",
          atEnd && "flex-row-reverse",
          active ? "text-ink" : "text-muted",
        )}
      >
        {label}
        <Arrow size={12} aria-hidden="true" className={active ? undefined : "invisible"} />
      </button>
    </th>
  );
}
