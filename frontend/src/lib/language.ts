// Owns which language the page speaks before the server has told: what was spoken last, or what the browser asks for.
import { LANGUAGES, type Language } from "@/lib/i18n.ts";

const KEY = "ccurve.locale";

/** The language of a configured locale; `auto` asks the browser, and anything but Chinese is English. */
export function languageOf(locale: "auto" | Language): Language {
  if (locale !== "auto") return locale;
  const wanted = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return wanted?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export function rememberLocale(locale: "auto" | Language): void {
  localStorage.setItem(KEY, locale);
}

export function rememberedLocale(): "auto" | Language {
  const locale = localStorage.getItem(KEY);
  return LANGUAGES.find((language) => language === locale) ?? "auto";
}
