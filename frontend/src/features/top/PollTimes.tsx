// Owns when the relay was asked, and when it will be: clock times, which need no ticking.
import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format.ts";
import { useSelect, useZone } from "@/state/provider.tsx";

export function PollTimes() {
  const { t } = useTranslation("top");
  const zone = useZone();
  const task = useSelect((state) => state.status?.task ?? null);
  if (!task) return null;
  const polled =
    task.lastPollAt === null ? t("neverPolled") : t("polled", { time: formatClock(task.lastPollAt, zone) });
  const next =
    task.nextPollAt === null ? t(`state_${task.state}`) : t("next", { time: formatClock(task.nextPollAt, zone) });
  return (
    <p className="min-w-0 truncate text-muted tabular-nums">
      {polled} <span aria-hidden="true">·</span> {next}
    </p>
  );
}
