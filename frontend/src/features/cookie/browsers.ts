// Owns which browsers are told how to copy a cookie, and which of them is at hand.

export const BROWSERS = ["chrome", "edge", "firefox", "safari"] as const;
export type Browser = (typeof BROWSERS)[number];

export const BROWSER_NAMES: Record<Browser, string> = {
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  safari: "Safari",
};

/** The first that fits: Edge names Chrome too, and both name Safari. Others mostly are Chrome inside. */
const SIGNS: readonly (readonly [Browser, RegExp])[] = [
  ["edge", /\bEdg(e|A|iOS)?\//],
  ["firefox", /\b(Firefox|FxiOS)\//],
  ["chrome", /(Chrome|Chromium|CriOS)\//],
  ["safari", /\bSafari\//],
];

export function browserOf(userAgent: string): Browser {
  return SIGNS.find(([, sign]) => sign.test(userAgent))?.[0] ?? "chrome";
}
