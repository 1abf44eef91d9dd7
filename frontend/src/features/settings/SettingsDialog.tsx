// Owns the settings: everything that a person may change, saved as it is changed.
//
// The form for a cookie is the cookie's; `app` puts it in.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSelect } from "@/state/provider.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Note } from "@/ui/Note.tsx";
import { AboutSection } from "./AboutSection.tsx";
import { AccessSection } from "./AccessSection.tsx";
import { CookieSection } from "./CookieSection.tsx";
import { ExportSection } from "./ExportSection.tsx";
import { IntervalRow } from "./IntervalRow.tsx";
import { LocaleRow } from "./LocaleRow.tsx";
import { RangeRow } from "./RangeRow.tsx";
import { RetentionRow } from "./RetentionRow.tsx";
import { Section } from "./Section.tsx";
import { ThemeRow } from "./ThemeRow.tsx";
import { TimeZoneRow } from "./TimeZoneRow.tsx";

interface SettingsDialogProps {
  open: boolean;
  onClose: () => void;
  onShortcuts: () => void;
  cookieForm: ReactNode;
}

export function SettingsDialog({ open, onClose, onShortcuts, cookieForm }: SettingsDialogProps) {
  const { t } = useTranslation("settings");
  const isKnown = useSelect((state) => state.config !== null && state.status !== null);
  const isGone = useSelect((state) => state.link === "closed");
  return (
    <Dialog open={open} onClose={onClose} title={t("title")} closeLabel={t("close")} testId="settings-dialog">
      <div role="status" className="not-empty:mb-5 not-empty:rounded-md not-empty:bg-warn-soft not-empty:p-3">
        {isGone && <Note tone="warn">{t(isKnown ? "stale" : "failed")}</Note>}
        {!isGone && !isKnown && <Note tone="info">{t("loading")}</Note>}
      </div>
      {isKnown && (
        <div>
          <CookieSection form={cookieForm} />
          <Section title={t("polling")}>
            <IntervalRow />
          </Section>
          <Section title={t("display")}>
            <RangeRow />
            <TimeZoneRow />
            <LocaleRow />
            <ThemeRow />
          </Section>
          <Section title={t("history")}>
            <RetentionRow />
          </Section>
          <ExportSection />
          <AccessSection />
          <AboutSection onShortcuts={onShortcuts} />
        </div>
      )}
    </Dialog>
  );
}
