// Owns the set-up of the two languages. The words are the files' in strings/, one for each part of the page.
import i18next, { type ResourceLanguage } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

const FILE = /\/([\w-]+)\/(\w+)\.json$/;
const files = import.meta.glob<Record<string, string>>("../strings/*/*.json", { eager: true, import: "default" });

export async function startWords(language: Language): Promise<void> {
  const resources: Record<string, ResourceLanguage> = {};
  for (const [path, words] of Object.entries(files)) {
    const [, folder = "", namespace = ""] = FILE.exec(path) ?? [];
    resources[folder] = { ...resources[folder], [namespace]: words };
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources,
    interpolation: { escapeValue: false }, // React escapes
  });
}

export function speak(language: Language): void {
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

/** The language of a configured locale; `auto` asks the browser, and anything but Chinese is English. */
export function languageOf(locale: "auto" | Language): Language {
  if (locale !== "auto") return locale;
  return navigator.languages
    .find((tag) => /^(zh|en)\b/i.test(tag))
    ?.toLowerCase()
    .startsWith("zh")
    ? "zh-CN"
    : "en";
}
