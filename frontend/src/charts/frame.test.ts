import { describe, expect, test } from "vitest";
import type { ChartMode } from "@/api/schemas.ts";
import { drawingFor, frameFor } from "@/charts/drawing.testing.ts";
import { frameOf } from "@/charts/frame.ts";
import { lookOf } from "@/charts/hues.ts";
import { optionOf } from "@/charts/option.ts";
import { isInPlot, msAt, xOf, yOf } from "@/charts/plot.ts";
import { randomSource } from "@/lib/random.testing.ts";

const MODES: readonly ChartMode[] = ["requests", "rate", "cumulative"];
const COLORS = { grid: "#eee", axis: "#888", label: "#555", strong: "#111", surface: "#fff", font: "sans-serif" };
const LOOKS = new Map(["opus", "haiku"].map((model, slot) => [model, lookOf(slot, "light")]));

function manyCharges(count: number, amount: (random: () => number) => number): [number, number, string][] {
  const random = randomSource(5);
  return Array.from({ length: count }, (_, index) => [
    (index / count) * 1_000_000,
    Math.floor(amount(random)),
    random() < 0.5 ? "opus" : "haiku",
  ]);
}

test("a pixel and its moment are the same place", () => {
  const { plot } = frameFor([[1, 5]]);
  for (const ms of [0, 123_456, 1_000_000]) expect(msAt(plot, xOf(plot, ms))).toBeCloseTo(ms, 6);
  expect([yOf(plot, 0), yOf(plot, plot.topMicros)]).toEqual([plot.bottom, plot.top]);
});

describe.each(MODES)("in the mode %s", (mode) => {
  const charges = manyCharges(50_000, (random) => random() * 1e6);
  const highest = 77_000_000;
  charges[31_234] = [624_680, highest, "opus"];

  test("many charges become few vertices, and the peak stays", () => {
    const { traces, vertexCount } = frameFor(charges, { mode });
    expect(vertexCount).toBeLessThanOrEqual(2 * 501 * 4 * 1.5);
    const peak = Math.max(...traces.flatMap((trace) => [...trace.solid].filter((_, index) => index % 2 === 1)));
    expect(peak).toBeGreaterThanOrEqual(highest);
  });

  test("nothing is drawn outside of the plot", () => {
    const { traces, plot } = frameFor(charges, { mode });
    for (const { solid, marks } of traces) {
      for (const path of [solid, marks]) {
        for (let at = 0; at < path.length; at += 2) {
          const [ms = 0, micros = 0] = path.subarray(at, at + 2);
          expect(isInPlot(plot, xOf(plot, ms), yOf(plot, micros), 0.01)).toBe(true);
        }
      }
    }
  });
});

test("each charge has a dot while they are few", () => {
  expect(frameFor(manyCharges(400, () => 5)).isDotted).toBe(true);
  expect(frameFor(manyCharges(401, () => 5)).isDotted).toBe(false);
});

test("labels of large amounts have their room", () => {
  const drawing = drawingFor([[1, 123_400_000_000_000]]);
  const { plot } = frameOf(drawing, { width: 400, height: 300 }, "UTC", "zh-CN");
  expect(plot.left).toBeGreaterThan(frameFor([[1, 5_000_000]]).plot.left);
});

test("a chart without charges has its axes", () => {
  const frame = frameFor([]);
  expect(frame.timeTicks.length).toBeGreaterThan(2);
  expect(frame.amountTicks.length).toBeGreaterThan(2);
});

describe("ECharts is told", () => {
  const told = (mode: ChartMode, more = {}) =>
    optionOf(
      frameFor(
        [
          [1000, 5],
          [2000, 6, "haiku"],
          [500_000, 7],
        ],
        { mode, ...more },
      ),
      LOOKS,
      COLORS,
    ) as {
      xAxis: { min: number; max: number };
      series: {
        id: string;
        z: number;
        lineStyle: { width: number; opacity: number };
        areaStyle?: object;
        showSymbol: boolean;
      }[];
    };

  test("the axis to the millisecond", () => {
    expect(told("requests").xAxis).toMatchObject({ min: 0, max: 1_000_000 });
  });

  test("a line for each model", () => {
    const ids = told("requests").series.map((series) => series.id);
    expect(ids.sort()).toEqual(["line haiku", "line opus"]);
  });

  test("a dotted line more where a running sum is uncertain", () => {
    const { series } = told("cumulative", { gaps: [{ fromMs: 10_000, toMs: 20_000 }] });
    expect(series.map(({ id }) => id)).toContain("uncertain opus");
  });

  test("an area for the rate alone", () => {
    const areas = MODES.map((mode) => told(mode).series.some((series) => series.areaStyle));
    expect(areas).toEqual([false, true, false]);
  });

  test("a faint line between charges that have their dots", () => {
    const opacities = MODES.map((mode) => told(mode).series[0]?.lineStyle.opacity);
    expect(opacities).toEqual([0.4, 1, 1]);
  });

  test("thin lines where there are many vertices", () => {
    const many = frameFor(manyCharges(5_000, (random) => random() * 1e6));
    const { series } = optionOf(many, LOOKS, COLORS) as { series: { lineStyle: { width: number } }[] };
    expect(Math.max(...series.map(({ lineStyle }) => lineStyle.width))).toBe(1);
    expect(told("rate").series[0]?.lineStyle.width).toBeGreaterThan(1);
  });
});
