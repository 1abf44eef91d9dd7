// Owns the figure of the window in view, all its models counted, hidden ones too; and that new totals are heard.
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { formatCount, formatCredits, formatSpan } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { newestOf, sumOf } from "@/state/figures.ts";
import type { View } from "@/state/model.ts";
import { useSelect, useShown } from "@/state/provider.tsx";
import { Amount } from "./Amount.tsx";
import { Figure } from "./Figure.tsx";
import { Spoken } from "./Spoken.tsx";

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;

function labelOf(t: TFunction<"numbers">, view: View, zoomed: boolean): string {
  if (view.kind === "fixed") return t(zoomed ? "windowZoomed" : "windowFixed");
  if (view.minutes === HOUR_MIN) return t("windowHour");
  return t("windowLive", { span: formatSpan(view.minutes * MINUTE_MS, t) });
}

export function WindowTotal() {
  const { t } = useTranslation("numbers");
  const words = useProblemWords();
  const { view, zoomed, phase, problem, totals, gaps } = useShown();
  const newestId = useSelect((state) => newestOf(state)?.id ?? 0);

  const { micros, requests } = sumOf(totals);
  const live = view.kind === "live";
  const label = labelOf(t, view, zoomed);
  const question = live ? view.minutes : `${view.fromMs} ${view.toMs}`;
  const known = phase !== "loading" && phase !== "failed";
  const total = formatCredits(micros);
  return (
    <Figure
      label={label}
      value={known ? <Amount micros={micros} testId="window-total" /> : null}
      unit={t("credits")}
      note={
        <>
          {phase === "failed" && problem && words(problem)}
          {known && (
            <>
              <span data-testid="window-requests">{formatCount(requests)}</span> {t("requests", { count: requests })}
              {gaps.length > 0 && ` · ${t("incomplete")}`}
            </>
          )}
          <Spoken
            text={t("spoken", { label, total, count: requests })}
            occasion={phase === "ready" ? `${question} ${newestId}` : null}
          />
        </>
      }
      phase={phase === "failed" ? "ready" : phase}
    />
  );
}
