// Owns the set-up of the two languages. Which is spoken is `language`'s; the words are the files' in strings/, one for each part of the page.
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
