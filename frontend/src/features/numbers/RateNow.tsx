// Owns the figure of how fast it burns: the last 60 minutes, against the 60 before.
import { useTranslation } from "react-i18next";
import { useProblemWords } from "@/lib/problem-words.ts";
import { burnOf } from "@/state/figures.ts";
import { useSelect } from "@/state/provider.tsx";
import { Amount } from "./Amount.tsx";
import { Figure } from "./Figure.tsx";
import { PaceWords } from "./PaceWords.tsx";
import { paceOf } from "./pace.ts";

export function RateNow() {
  const { t } = useTranslation("numbers");
  const words = useProblemWords();
  const lastHourMicros = useSelect((state) => burnOf(state)?.lastHourMicros ?? null);
  const hourBeforeMicros = useSelect((state) => burnOf(state)?.hourBeforeMicros ?? 0);
  const problem = useSelect((state) => state.recent.problem);
  const live = useSelect((state) => state.link === "open");
  const known = lastHourMicros !== null;
  return (
    <Figure
      label={t("rate")}
      value={known ? <Amount micros={lastHourMicros} testId="rate-now" /> : null}
      unit={t("creditsPerHour")}
      note={known ? <PaceWords pace={paceOf({ lastHourMicros, hourBeforeMicros })} /> : problem && words(problem)}
      phase={known ? (live ? "ready" : "stale") : problem ? "stale" : "loading"}
    />
  );
}
