// Owns one row of the table. It is drawn once: a new charge leaves all other rows alone.
import { memo } from "react";
import type { Look } from "@/charts/palette.ts";
import { Swatch } from "@/charts/Swatch.tsx";
import { formatClock, formatCount, formatCredits, formatDate } from "@/lib/format.ts";
import type { Row } from "./rows.ts";

interface ChargeRowProps {
  row: Row;
  name: string;
  look: Look | undefined;
  /** Whether a row may stand for several requests. */
  counted: boolean;
  zone: string;
  locale: string;
}

export const ChargeRow = memo(function ChargeRow({ row, name, look, counted, zone, locale }: ChargeRowProps) {
  const { ms, model, micros, requests } = row;
  return (
    <tr className="border-line border-t hover:bg-hover">
      <td className="py-1 pr-2 pl-4">
        <time dateTime={new Date(ms).toISOString()}>
          <span className="whitespace-nowrap text-muted">{formatDate(ms, zone)}</span>{" "}
          <span className="whitespace-nowrap">{formatClock(ms, zone)}</span>
        </time>
      </td>
      <td className="px-2 py-1" title={model}>
        <span className="inline-flex items-center gap-2">
          <Swatch look={look} />
          {name}
        </span>
      </td>
      <td className="whitespace-nowrap px-2 py-1 text-right last:pr-4">{formatCredits(micros, locale)}</td>
      {counted && <td className="whitespace-nowrap py-1 pr-4 pl-2 text-right">{formatCount(requests, locale)}</td>}
    </tr>
  );
}, isSame);

/** Rows are made anew whenever something is charged; most of them say what they said before. */
function isSame(before: ChargeRowProps, after: ChargeRowProps): boolean {
  const [{ row: one, ...rest }, { row: other, ...otherRest }] = [before, after];
  return (
    one.key === other.key &&
    one.micros === other.micros &&
    one.requests === other.requests &&
    (Object.keys(rest) as (keyof typeof rest)[]).every((name) => rest[name] === otherRest[name])
  );
}
