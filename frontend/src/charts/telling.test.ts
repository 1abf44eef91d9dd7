import { createInstance, type TFunction } from "i18next";
import { expect, test } from "vitest";
import { frameFor, type Told } from "@/charts/drawing.testing.ts";
import { xOf } from "@/charts/plot.ts";
import { readingAt } from "@/charts/reading.ts";
import { readingSentence } from "@/charts/telling.ts";
import english from "@/strings/en/chart.json";
import chinese from "@/strings/zh-CN/chart.json";

async function words(lng: "en" | "zh-CN"): Promise<TFunction<"chart">> {
  const instance = createInstance();
  await instance.init({ lng, resources: { en: { chart: english }, "zh-CN": { chart: chinese } } });
  return instance.getFixedT(lng, "chart");
}

async function said(lng: "en" | "zh-CN", atMs: number, told: Told = {}): Promise<string> {
  const frame = frameFor(
    [
      [100_000, 5_000_000, "claude-opus-4"],
      [100_000, 1_500_000, "gpt-5"],
    ],
    told,
  );
  const reading = readingAt(frame, xOf(frame.plot, atMs));
  return readingSentence(reading, frame.drawing.mode, "UTC", await words(lng));
}

test("a moment is told with each model that was charged then, and the sum", async () => {
  expect(await said("en", 100_000)).toBe(
    "1970-01-01 00:01:40, opus-4 5 credits, gpt-5 1.5 credits, 6.5 credits in all",
  );
  expect(await said("zh-CN", 100_000)).toBe("1970-01-01 00:01:40，opus-4 5 积分，gpt-5 1.5 积分，合计 6.5 积分");
});

test("nothing charged is told apart from nothing known", async () => {
  expect(await said("en", 500_000)).toBe("1970-01-01 00:08:20, no charge");
  const gaps = [{ fromMs: 400_000, toMs: 600_000 }];
  expect(await said("en", 500_000, { gaps })).toBe("1970-01-01 00:08:20, Nothing is known of this time");
});

test("a running sum says until when", async () => {
  expect(await said("en", 500_000, { mode: "cumulative" })).toMatch(/^By 1970-01-01 00:08:20, /);
});
