// Owns the rows of the comparison: each model's share and average, and their order. What was charged is `Shown`'s.
import type { ModelFigures } from "@/state/shown.ts";

export interface Row extends ModelFigures {
  /** Of all models of the window, hidden ones too; 0 where nothing was charged. */
  share: number;
  averageMicros: number;
}

export const COLUMNS = ["model", "credits", "share", "requests", "average", "largest", "latest"] as const;
export type Column = (typeof COLUMNS)[number];

export interface Sort {
  column: Column;
  descending: boolean;
}

export const LARGEST_FIRST: Sort = { column: "credits", descending: true };

const FIGURES: Record<Exclude<Column, "model">, (row: Row) => number> = {
  credits: (row) => row.micros,
  share: (row) => row.share,
  requests: (row) => row.requests,
  average: (row) => row.averageMicros,
  largest: (row) => row.largestMicros,
  latest: (row) => row.latestMs,
};

export function rowsOf(totals: readonly ModelFigures[], { column, descending }: Sort): Row[] {
  const sum = totals.reduce((micros, total) => micros + total.micros, 0);
  const rows = totals.map((total) => ({
    ...total,
    share: sum === 0 ? 0 : total.micros / sum,
    averageMicros: averageOf(total),
  }));
  const sign = descending ? -1 : 1;
  const byName = (one: Row, other: Row) => one.model.localeCompare(other.model, "en", { numeric: true });
  if (column === "model") return rows.sort((one, other) => sign * byName(one, other));
  const figure = FIGURES[column];
  return rows.sort((one, other) => sign * (figure(one) - figure(other)) || byName(one, other));
}

/** Returns all models together as one row, or null where there are none. */
export function totalOf(rows: readonly Row[]): Omit<Row, "model"> | null {
  if (rows.length === 0) return null;
  const micros = rows.reduce((sum, row) => sum + row.micros, 0);
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  return {
    micros,
    requests,
    share: micros === 0 ? 0 : 1,
    averageMicros: averageOf({ micros, requests }),
    largestMicros: Math.max(...rows.map((row) => row.largestMicros)),
    latestMs: Math.max(...rows.map((row) => row.latestMs)),
  };
}

/** What a click on a column's head leads to: names begin with A, figures with the largest; again turns it round. */
export function nextSort(sort: Sort, column: Column): Sort {
  return { column, descending: sort.column === column ? !sort.descending : column !== "model" };
}

const CREDIT_MICROS = 1_000_000;
const HUNDREDTH_MICROS = 10_000;

/** An average needs no more than hundredths of a credit where it is a credit or more. */
function averageOf({ micros, requests }: Pick<Row, "micros" | "requests">): number {
  if (requests === 0) return 0;
  const average = micros / requests;
  return average < CREDIT_MICROS ? Math.round(average) : Math.round(average / HUNDREDTH_MICROS) * HUNDREDTH_MICROS;
}
