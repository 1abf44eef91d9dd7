// Holds the two languages against each other, key by key, and the page against both.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const FOLDER = new URL("./", import.meta.url);
const SOURCE = new URL("../", import.meta.url);
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Words = Record<string, string>;

function wordsOf(language: string): Record<string, Words> {
  const folder = new URL(`${language}/`, FOLDER);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name.replace(".json", ""),
      JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Words,
    ]),
  );
}

const english = wordsOf("en");
const chinese = wordsOf("zh-CN");
const stems = (words: Words = {}) => [...new Set(Object.keys(words).map((key) => key.replace(PLURAL, "")))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe("the two languages", () => {
  it("have the same parts", () => {
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
  });

  for (const part of Object.keys(english)) {
    it(`say the same things in "${part}"`, () => {
      expect(stems(chinese[part])).toEqual(stems(english[part]));
    });

    it(`fill in the same things in "${part}"`, () => {
      for (const [key, text] of Object.entries(chinese[part] ?? {})) {
        expect([key, placeholders(text)]).toEqual([key, placeholders(english[part]?.[key] ?? text)]);
      }
    });

    it(`leave nothing empty in "${part}"`, () => {
      for (const text of [...Object.values(english[part] ?? {}), ...Object.values(chinese[part] ?? {})]) {
        expect(text.trim()).not.toBe("");
      }
    });
  }

  it("have each plural that they need: English two, Chinese one", () => {
    for (const [words, forms] of [
      [english, ["one", "other"]],
      [chinese, ["other"]],
    ] as const) {
      for (const part of Object.values(words)) {
        for (const key of Object.keys(part).filter((name) => PLURAL.test(name))) {
          const stem = key.replace(PLURAL, "");
          for (const form of forms) expect(Object.keys(part)).toContain(`${stem}_${form}`);
        }
      }
    }
  });

  it("keep to their own punctuation: Chinese sentences to the full-width one", () => {
    for (const part of Object.values(chinese)) {
      for (const text of Object.values(part)) expect(text).not.toMatch(/\p{Script=Han}[,;:?!](?!\/)/u);
    }
  });
});

describe("the page", () => {
  it("asks for no words that are not there", () => {
    const missing: string[] = [];
    for (const name of readdirSync(SOURCE, { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(name) || name.includes(".test.")) continue;
      const source = readFileSync(new URL(name, SOURCE), "utf8");
      const parts = [...source.matchAll(/(?:useTranslation\(|ns=)"(\w+)"/g)].map(([, part]) => part ?? "");
      if (parts.length === 0) continue;
      const known = new Set(parts.flatMap((part) => [...Object.keys(english[part] ?? {}), ...stems(english[part])]));
      for (const [, key] of source.matchAll(/\bt\(\s*"([\w-]+)"/g))
        if (!known.has(key ?? "")) missing.push(`${name}: ${key}`);
    }
    expect(missing).toEqual([]);
  });
});
