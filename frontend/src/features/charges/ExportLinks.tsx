// Owns the downloads of what is shown: all of it, all models, as the server has it.
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { exportUrl } from "@/api/usage.ts";
import type { View } from "@/state/model.ts";

export function ExportLinks({ view }: { view: View }) {
  const { t } = useTranslation("charges");
  const query = view.kind === "live" ? { rangeMinutes: view.minutes } : { fromMs: view.fromMs, toMs: view.toMs };
  return (
    <span className="ml-auto flex items-center gap-1">
      {(["csv", "json"] as const).map((format) => (
        <a
          key={format}
          href={exportUrl(query, format)}
          download
          title={t("export", { format: format.toUpperCase() })}
          data-testid={`window-export-${format}`}
          className="inline-flex h-7 items-center gap-1 rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-ink pointer-coarse:h-10"
        >
          <Download size={14} aria-hidden="true" />
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
