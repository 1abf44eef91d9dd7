import { expect, test } from "vitest";
import { browserOf } from "./browsers.ts";

const KIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  ["chrome", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/140.0.0.0 Safari/537.36`],
  ["edge", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`],
  ["firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"],
  ["safari", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15"],
  ["chrome", "an unknown one"],
])("%s is told from the others", (browser, userAgent) => {
  expect(browserOf(userAgent)).toBe(browser);
});
