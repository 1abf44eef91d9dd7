// Owns one row of the table. It is drawn once: a new charge leaves all other rows alone.
import { memo } from "react";
import type { Look } from "@/charts/palette.ts";
import { Swatch } from "@/charts/Swatch.tsx";
import { classes } from "@/lib/classes.ts";
import { formatClock, formatCount, formatCredits, formatDate } from "@/lib/format.ts";
import type { Row } from "./rows.ts";

/** Where there is no room for how many requests a row stands for, that is told below the credits. */
export const WIDE_ONLY = "hidden @md:table-cell";

interface ChargeRowProps {
  row: Row;
  name: string;
  look: Look | undefined;
  /** Whether a row may stand for several requests. */
  counted: boolean;
  zone: string;
}

export const ChargeRow = memo(function ChargeRow({ row, name, look, counted, zone }: ChargeRowProps) {
  const { ms, model, micros, requests } = row;
  const count = formatCount(requests);
  return (
    <tr className="border-line border-t hover:bg-hover">
      <td className="whitespace-nowrap py-1.5 pr-2 pl-4 leading-5">
        <time dateTime={new Date(ms).toISOString()}>
          <span className="text-muted">{formatDate(ms, zone)}</span> {formatClock(ms, zone)}
        </time>
      </td>
      <td className="w-full max-w-0 px-2 py-1.5" title={model}>
        <span className="flex items-center gap-2 leading-5">
          <Swatch look={look} />
          <span className="min-w-14 truncate">{name}</span>
        </span>
      </td>
      <td className={classes("whitespace-nowrap py-1.5 pl-2 text-right leading-5", counted ? "pr-4 @md:pr-2" : "pr-4")}>
        {formatCredits(micros)}
        {counted && <span className="block text-muted leading-4 @md:hidden">{`× ${count}`}</span>}
      </td>
      {counted && (
        <td className={classes("whitespace-nowrap py-1.5 pr-4 pl-2 text-right leading-5", WIDE_ONLY)}>{count}</td>
      )}
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
