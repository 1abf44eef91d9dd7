// Owns the zoom for those who neither drag nor turn a wheel, and the way back for all.
import { Undo2, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isSameSpan, type Span, zoomedAbout } from "@/charts/span.ts";
import type { Zoom } from "@/charts/zoom.ts";
import { Button } from "@/ui/Button.tsx";
import { IconButton } from "@/ui/IconButton.tsx";

export function ZoomControls({ span, zoom }: { span: Span; zoom: Zoom }) {
  const { t } = useTranslation("chart");
  const zoomBy = (factor: number) => {
    const next = zoomedAbout(span, (span.fromMs + span.toMs) / 2, factor, zoom.bounds);
    if (!isSameSpan(next, span)) zoom.look(next, "now");
  };
  return (
    <div className="flex items-center gap-1">
      {zoom.isZoomed && (
        <Button size="sm" data-testid="zoom-back" onClick={zoom.back}>
          <Undo2 size={14} aria-hidden="true" />
          {t("back")}
        </Button>
      )}
      <IconButton label={t("zoomOut")} icon={ZoomOut} onClick={() => zoomBy(2)} disabled={!zoom.isZoomed} />
      <IconButton label={t("zoomIn")} icon={ZoomIn} onClick={() => zoomBy(0.5)} />
    </div>
  );
}
