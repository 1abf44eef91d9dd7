// Owns the choice of the order where there is no room for the heads of all columns.
import { useTranslation } from "react-i18next";
import { Select } from "@/ui/Select.tsx";
import { COLUMNS, type Column, type Sort } from "./rows.ts";

interface SortSelectProps {
  sort: Sort;
  labels: Record<Column, string>;
  onSort: (column: Column) => void;
  className: string;
}

export function SortSelect({ sort, labels, onSort, className }: SortSelectProps) {
  const { t } = useTranslation("models");
  return (
    <Select
      aria-label={t("sortBy")}
      value={sort.column}
      onChange={(event) => {
        const column = COLUMNS.find((known) => known === event.target.value);
        if (column) onSort(column);
      }}
      className={className}
    >
      {COLUMNS.map((column) => (
        <option key={column} value={column}>
          {labels[column]}
        </option>
      ))}
    </Select>
  );
}
