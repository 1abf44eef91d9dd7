// Owns the order that a person chose, for as long as the tab lives.
import { useState } from "react";
import { COLUMNS, type Column, LARGEST_FIRST, nextSort, type Sort } from "./rows.ts";

const KEY = "ccurve.models.sort";
const DESCENDING = "descending";

export function useSort(): { sort: Sort; sortBy: (column: Column) => void } {
  const [sort, setSort] = useState(remembered);
  return {
    sort,
    sortBy: (column) => {
      const next = nextSort(sort, column);
      sessionStorage.setItem(KEY, `${next.column} ${next.descending ? DESCENDING : "ascending"}`);
      setSort(next);
    },
  };
}

function remembered(): Sort {
  const [name, direction] = (sessionStorage.getItem(KEY) ?? "").split(" ");
  const column = COLUMNS.find((known) => known === name);
  return column ? { column, descending: direction === DESCENDING } : LARGEST_FIRST;
}
