// Owns what the chart shows, in words, for those who cannot see it.
import { useTranslation } from "react-i18next";
import type { Drawing } from "@/charts/lines.ts";
import { formatCredits, formatStretch, modelNames } from "@/lib/format.ts";
import { useZone } from "@/state/provider.tsx";
import type { Shown } from "@/state/shown.ts";

const MOST_MODELS = 5;

export function ChartSummary({ id, drawing, shown }: { id: string; drawing: Drawing; shown: Shown }) {
  const { t } = useTranslation("chart");
  const zone = useZone();
  const names = modelNames(shown.totals.map((total) => total.model));
  const credits = (micros: number) => formatCredits(micros);
  const drawn = shown.totals.filter((total) => drawing.lines.some((line) => line.model === total.model));
  const models = drawn
    .slice(0, MOST_MODELS)
    .map(({ model, micros }) => t("saidModel", { model: names.get(model) ?? model, credits: credits(micros) }));
  const sum = drawn.reduce((micros, total) => micros + total.micros, 0);
  return (
    <p id={id} className="sr-only">
      {t(`about_${drawing.mode}`)}
      {t("saidStop")}
      {t("summary", {
        time: formatStretch(drawing.span.fromMs, drawing.span.toMs, zone),
        count: drawn.length,
        credits: credits(sum),
      })}
      {models.length > 0 && `${t("saidStop")}${models.join(t("saidJoin"))}`}
    </p>
  );
}
