// Owns the figure of the newest charge there is: what it cost, on which model, when.
import { useTranslation } from "react-i18next";
import { Swatch } from "@/charts/Swatch.tsx";
import { formatMoment, shortModel } from "@/lib/format.ts";
import { newestOf } from "@/state/figures.ts";
import { useSelect, useZone } from "@/state/provider.tsx";
import { Amount } from "./Amount.tsx";
import { Figure } from "./Figure.tsx";
import { useNotice } from "./useNotice.ts";

export function LastCharge() {
  const { t } = useTranslation("numbers");
  const zone = useZone();
  const newest = useSelect(newestOf);
  const known = useSelect((state) => state.status !== null);
  const live = useSelect((state) => state.link === "open");
  const cell = useNotice<HTMLDivElement>(known ? (newest?.id ?? null) : undefined);
  return (
    <Figure
      ref={cell}
      label={t("lastCharge")}
      value={newest && <Amount micros={newest.micros} testId="current-value" />}
      unit={t("credits")}
      note={
        newest ? (
          <span className="flex flex-wrap items-center gap-x-2">
            <span className="inline-flex min-w-0 items-center gap-1.5 text-ink" title={newest.model}>
              <Swatch model={newest.model} />
              <span className="truncate">{shortModel(newest.model)}</span>
            </span>
            <time dateTime={new Date(newest.createdMs).toISOString()} data-testid="current-time">
              {formatMoment(newest.createdMs, zone)}
            </time>
          </span>
        ) : (
          known && t("nothingYet")
        )
      }
      phase={known ? (live ? "ready" : "stale") : "loading"}
    />
  );
}
