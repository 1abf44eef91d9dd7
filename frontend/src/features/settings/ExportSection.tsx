// Owns the downloads of the window in view.
import { useTranslation } from "react-i18next";
import { exportUrl } from "@/api/usage.ts";
import { formatMoment } from "@/lib/format.ts";
import { useShown, useZone } from "@/state/provider.tsx";
import { DownloadLink } from "@/ui/DownloadLink.tsx";
import { Section } from "./Section.tsx";

const FORMATS = [
  ["csv", "CSV"],
  ["json", "JSON"],
  ["ndjson", "NDJSON"],
] as const;

export function ExportSection() {
  const { t } = useTranslation("settings");
  const zone = useZone();
  const { view, fromMs, toMs } = useShown();
  // A live window ends when it is downloaded, not when these links were drawn.
  const query = view.kind === "live" ? { fromMs } : { fromMs, toMs };
  return (
    <Section title={t("export")}>
      <p className="text-muted text-xs leading-5">
        {t(view.kind === "live" ? "exportLive" : "exportFixed", {
          from: formatMoment(fromMs, zone),
          to: formatMoment(toMs, zone),
        })}
      </p>
      <div className="flex flex-wrap gap-2">
        {FORMATS.map(([format, label]) => (
          <DownloadLink key={format} href={exportUrl(query, format)} data-testid={`export-${format}`}>
            {label}
          </DownloadLink>
        ))}
      </div>
    </Section>
  );
}
