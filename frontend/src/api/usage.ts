// Owns the endpoint of windows: as charges, or summed into buckets.
import { ask } from "@/api/http.ts";
import { RecordsSchema, SumsSchema } from "@/api/schemas.ts";

/** What to ask for: `from`, `to` in epoch milliseconds or `range` in minutes. */
export interface WindowQuery {
  rangeMinutes?: number;
  fromMs?: number;
  toMs?: number;
}

export const getCharges = (query: WindowQuery) => ask(RecordsSchema, "GET", `/api/usage?${windowParams(query)}`);

/** `bucketSeconds` or, where the server is to choose, `auto`. */
export const getSums = (query: WindowQuery, bucketSeconds: number | "auto") =>
  ask(SumsSchema, "GET", `/api/usage?${windowParams(query)}&bucket=${bucketSeconds}`);

/** The address of the download of a window. */
export const exportUrl = (query: WindowQuery, format: "csv" | "json" | "ndjson") =>
  `/api/usage/export?${windowParams(query)}&format=${format}`;

function windowParams({ rangeMinutes, fromMs, toMs }: WindowQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (rangeMinutes !== undefined) params.set("range", String(rangeMinutes));
  if (fromMs !== undefined) params.set("from", String(Math.round(fromMs)));
  if (toMs !== undefined) params.set("to", String(Math.round(toMs)));
  return params;
}
