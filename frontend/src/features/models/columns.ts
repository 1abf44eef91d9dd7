// Owns how each column of figures is written, and where there is room for it. Rows and their order are `rows`'.
import { useTranslation } from "react-i18next";
import { formatClock, formatCount, formatCredits, formatDate, formatMoment, formatShare } from "@/lib/format.ts";
import { startOfDay } from "@/lib/zone.ts";
import { useSelect, useZone } from "@/state/provider.tsx";
import type { Column, Row } from "./rows.ts";

const WIDE_ONLY = "hidden @2xl:table-cell";
export const NARROW_ONLY = "@2xl:hidden";
/** Where there is room, the bars of the shares take what the figures leave. */
export const CELL: Record<FigureColumn, string> = {
  credits: "pr-4 pl-2 @2xl:pr-2",
  share: `w-full px-2 ${WIDE_ONLY}`,
  requests: `px-2 ${WIDE_ONLY}`,
  average: `px-2 ${WIDE_ONLY}`,
  largest: `px-2 ${WIDE_ONLY}`,
  latest: `pr-4 pl-2 ${WIDE_ONLY}`,
};

export type FigureColumn = Exclude<Column, "model">;
/** Those that stand below the name where there is no room beside it. */
export const BESIDE: readonly FigureColumn[] = ["share", "requests", "average", "largest", "latest"];
export const FIGURES: readonly FigureColumn[] = ["credits", ...BESIDE];

export interface Written {
  text: string;
  /** The whole of it, where the text is short. */
  title?: string;
}

/** Returns how a figure of a row is written here and now. */
export function useWritten(): (row: Omit<Row, "model">, column: FigureColumn) => Written {
  const { i18n } = useTranslation();
  const zone = useZone();
  const midnightMs = useSelect((state) => startOfDay(state.nowMs, zone));
  const locale = i18n.language;
  return (row, column) => {
    switch (column) {
      case "credits":
        return { text: formatCredits(row.micros) };
      case "share":
        return { text: formatShare(row.share, locale) };
      case "requests":
        return { text: formatCount(row.requests) };
      case "average":
        return { text: formatCredits(row.averageMicros) };
      case "largest":
        return { text: formatCredits(row.largestMicros) };
      case "latest": {
        const short = row.latestMs >= midnightMs ? formatClock(row.latestMs, zone) : formatDate(row.latestMs, zone);
        return { text: short, title: formatMoment(row.latestMs, zone) };
      }
    }
  };
}
