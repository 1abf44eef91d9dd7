// Owns the figure of today, by the person's own day.
import { useTranslation } from "react-i18next";
import { formatCount } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { startOfDay } from "@/lib/zone.ts";
import { todayOf } from "@/state/figures.ts";
import { useSelect, useZone } from "@/state/provider.tsx";
import { Amount } from "./Amount.tsx";
import { Figure } from "./Figure.tsx";
import { hasGapSince } from "./gaps.ts";

export function Today() {
  const { t } = useTranslation("numbers");
  const words = useProblemWords();
  const micros = useSelect((state) => todayOf(state)?.micros ?? null);
  const requests = useSelect((state) => todayOf(state)?.requests ?? 0);
  const problem = useSelect((state) => state.today.problem);
  const live = useSelect((state) => state.link === "open");
  const zone = useZone();
  const partly = useSelect((state) => hasGapSince(state, startOfDay(state.nowMs, zone)));
  const counted = `${formatCount(requests)} ${t("requests", { count: requests })}`;
  const note = micros === null ? null : partly ? `${counted} · ${t("incomplete")}` : counted;
  return (
    <Figure
      label={t("today")}
      value={micros === null ? null : <Amount micros={micros} testId="today-total" />}
      unit={t("credits")}
      note={problem ? words(problem) : note}
      phase={micros === null && !problem ? "loading" : problem || !live ? "stale" : "ready"}
    />
  );
}
