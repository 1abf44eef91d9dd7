// Owns the figure of how fast it burns: the last 60 minutes, against the 60 before.
import { useTranslation } from "react-i18next";
import { useProblemWords } from "@/lib/problem-words.ts";
import { burnOf } from "@/state/figures.ts";
import { useSelect } from "@/state/provider.tsx";
import { Amount } from "./Amount.tsx";
import { Figure } from "./Figure.tsx";
import { hasGapSince } from "./gaps.ts";
import { PaceWords } from "./PaceWords.tsx";
import { paceOf } from "./pace.ts";

const COMPARED_MS = 2 * 3_600_000;

export function RateNow() {
  const { t } = useTranslation("numbers");
  const words = useProblemWords();
  const lastHourMicros = useSelect((state) => burnOf(state)?.lastHourMicros ?? null);
  const hourBeforeMicros = useSelect((state) => burnOf(state)?.hourBeforeMicros ?? 0);
  const problem = useSelect((state) => state.recent.problem);
  const live = useSelect((state) => state.link === "open");
  const partly = useSelect((state) => hasGapSince(state, state.nowMs - COMPARED_MS));
  const known = lastHourMicros !== null;
  const note = !known ? (
    problem && words(problem)
  ) : partly ? (
    t("notComparable")
  ) : (
    <PaceWords pace={paceOf({ lastHourMicros, hourBeforeMicros })} />
  );
  return (
    <Figure
      label={t("rate")}
      value={known ? <Amount micros={lastHourMicros} testId="rate-now" /> : null}
      unit={t("creditsPerHour")}
      note={note}
      phase={known ? (live ? "ready" : "stale") : problem ? "stale" : "loading"}
    />
  );
}
