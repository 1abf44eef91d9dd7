// Owns the words for what went wrong. The server's own sentences are English, and know the particulars.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

export function useProblemWords(): (problem: { code: string; detail: string }) => string {
  const { t, i18n } = useTranslation("problems");
  const english = i18n.language === "en";
  return useCallback(({ code, detail }) => (english && detail ? detail : t([code, "other"])), [t, english]);
}
