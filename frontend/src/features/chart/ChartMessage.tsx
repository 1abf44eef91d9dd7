// Owns the words that stand in the chart where it has nothing to draw: why, and what to do.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Drawing } from "@/charts/lines.ts";
import { without } from "@/charts/span.ts";
import { formatMoment } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { newestOf } from "@/state/figures.ts";
import { useActions, useSelect, useZone } from "@/state/provider.tsx";
import type { Shown } from "@/state/shown.ts";
import { Button } from "@/ui/Button.tsx";
import { useLateness } from "./useLateness.ts";

export function ChartMessage({ shown, drawing }: { shown: Shown; drawing: Drawing }) {
  const { t } = useTranslation("chart");
  const words = useProblemWords();
  const { patchConfig, reload } = useActions();
  const isLate = useLateness(shown.phase === "loading");
  if (shown.phase === "loading") return isLate ? <Message title={t("loading")} /> : null;
  if (shown.phase === "failed") {
    return (
      <Message title={t("failed")} note={shown.problem ? words(shown.problem) : ""}>
        <Button onClick={reload}>{t("retry")}</Button>
      </Message>
    );
  }
  if (drawing.lines.length > 0) return null;
  if (shown.totals.length === 0) return <Empty isKnown={without(drawing.span, drawing.holes).length > 0} />;
  return (
    <Message title={t("allHidden")}>
      <Button onClick={() => void patchConfig({ hiddenModels: [] })}>{t("showAll")}</Button>
    </Message>
  );
}

function Empty({ isKnown }: { isKnown: boolean }) {
  const { t } = useTranslation("chart");
  const zone = useZone();
  const newest = useSelect(newestOf);
  const state = useSelect(({ status }) => status?.task.state);
  const last = newest ? t("lastCharge", { time: formatMoment(newest.createdMs, zone) }) : t("noCharge");
  return (
    <Message
      title={t(isKnown || !newest ? "empty" : "nothingKnown")}
      note={`${last} ${t(state === "polling" ? "watching" : "notWatching")}`}
    />
  );
}

function Message({ title, note, children }: { title: string; note?: string; children?: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-0 flex flex-col items-center justify-center gap-2 p-6 text-center">
      <p className="rounded-md bg-surface px-2 font-medium text-[13px]">{title}</p>
      {note && <p className="max-w-md rounded-md bg-surface px-2 text-muted text-xs">{note}</p>}
      {children && <div className="pointer-events-auto">{children}</div>}
    </div>
  );
}
