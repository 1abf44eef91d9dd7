// Owns what the document as a whole shows of the configuration: its theme and its language.
import { useEffect } from "react";
import { speak } from "@/lib/i18n.ts";
import { languageOf, rememberLocale } from "@/lib/language.ts";
import { wear } from "@/lib/theme.ts";
import { configOf } from "@/state/config.ts";
import { useSelect } from "@/state/provider.tsx";

export function useDocument(): void {
  const isKnown = useSelect((state) => state.config !== null);
  const theme = useSelect((state) => configOf(state).theme);
  const locale = useSelect((state) => configOf(state).locale);

  useEffect(() => (isKnown ? wear(theme) : undefined), [isKnown, theme]);
  useEffect(() => {
    if (!isKnown) return;
    const language = languageOf(locale);
    rememberLocale(locale);
    speak(language);
    document.documentElement.lang = language;
  }, [isKnown, locale]);
}
