// Owns the choice of what the lines mean.
import { useTranslation } from "react-i18next";
import type { ChartMode } from "@/api/schemas.ts";
import { useActions, useConfig } from "@/state/provider.tsx";
import { Segmented } from "@/ui/Segmented.tsx";

const MODES: readonly ChartMode[] = ["requests", "rate", "cumulative"];

export function ModeControl() {
  const { t } = useTranslation("chart");
  const { chartMode } = useConfig();
  const { patchConfig } = useActions();
  return (
    <Segmented
      label={t("mode")}
      className="max-sm:w-full max-sm:*:flex-1"
      value={chartMode}
      onChange={(mode) => void patchConfig({ chartMode: mode })}
      segments={MODES.map((value) => ({
        value,
        label: t(`mode_${value}`),
        title: t(`about_${value}`),
        testId: `chart-mode-${value}`,
      }))}
    />
  );
}
