// Owns the figure of the window in view, all its models counted, hidden ones too; and that new totals are heard.
import { useTranslation } from "react-i18next";
import { formatCount, formatCredits, formatSpan } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { newestOf, sumOf } from "@/state/figures.ts";
import { useSelect, useShown } from "@/state/provider.tsx";
import { Amount } from "./Amount.tsx";
import { Figure } from "./Figure.tsx";
import { Spoken } from "./Spoken.tsx";

const MINUTE_MS = 60_000;

export function WindowTotal() {
  const { t, i18n } = useTranslation("numbers");
  const words = useProblemWords();
  const { view, zoomed, phase, problem, totals, gaps } = useShown();
  const newestId = useSelect((state) => newestOf(state)?.id ?? 0);

  const { micros, requests } = sumOf(totals);
  const live = view.kind === "live";
  const label = live
    ? t("windowLive", { span: formatSpan(view.minutes * MINUTE_MS, t) })
    : t(zoomed ? "windowZoomed" : "windowFixed");
  const question = live ? view.minutes : `${view.fromMs} ${view.toMs}`;
  const known = phase !== "loading" && phase !== "failed";
  const total = formatCredits(micros, i18n.language);
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
              <span data-testid="window-requests">{formatCount(requests, i18n.language)}</span>{" "}
              {t("requests", { count: requests })}
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
