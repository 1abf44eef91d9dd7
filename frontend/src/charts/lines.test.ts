import { describe, expect, test } from "vitest";
import type { Charge, ChartMode } from "@/api/schemas.ts";
import { countPoints, type Drawing, drawingOf, type Window } from "@/charts/lines.ts";
import { randomSource } from "@/lib/random.testing.ts";
import type { ModelFigures } from "@/state/shown.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MODES: readonly ChartMode[] = ["requests", "rate", "cumulative"];

const charge = (createdMs: number, micros: number, model = "opus", id = createdMs): Charge => ({
  id,
  model,
  micros,
  createdMs,
  time: "",
});

function windowOf(charges: readonly Charge[], more: Partial<Window> = {}): Window {
  const totals = new Map<string, ModelFigures>();
  for (const { model, micros, createdMs } of charges) {
    const total = totals.get(model) ?? { model, micros: 0, requests: 0, largestMicros: 0, latestMs: 0 };
    totals.set(model, {
      ...total,
      micros: total.micros + micros,
      requests: total.requests + 1,
      latestMs: Math.max(total.latestMs, createdMs),
    });
  }
  return {
    fromMs: 0,
    toMs: HOUR_MS,
    charges,
    bucketMs: null,
    series: [],
    totals: [...totals.values()],
    gaps: [],
    ...more,
  };
}

/** The same window as the server sums it. */
function summedWindow(charges: readonly Charge[], bucketMs: number, more: Partial<Window> = {}): Window {
  const window = windowOf(charges, more);
  const series = window.totals.map(({ model }) => {
    const buckets = new Map<number, { startMs: number; micros: number; requests: number }>();
    for (const { createdMs, micros } of charges.filter((one) => one.model === model)) {
      const startMs = Math.floor(createdMs / bucketMs) * bucketMs;
      const bucket = buckets.get(startMs) ?? { startMs, micros: 0, requests: 0 };
      buckets.set(startMs, { startMs, micros: bucket.micros + micros, requests: bucket.requests + 1 });
    }
    return { model, points: [...buckets.values()].sort((one, other) => one.startMs - other.startMs) };
  });
  return { ...window, charges: [], bucketMs, series };
}

const draw = (window: Window, mode: ChartMode, hidden: readonly string[] = [], knownUntilMs = window.toMs) =>
  drawingOf(window, mode, hidden, "UTC", knownUntilMs);

const sums = (drawing: Drawing) =>
  Object.fromEntries(
    drawing.lines.map(({ model, points }) => [model, points.reduce((sum, point) => sum + (point?.micros ?? 0), 0)]),
  );

function randomCharges(seed: number, count: number): Charge[] {
  const random = randomSource(seed);
  return Array.from({ length: count }, (_, id) =>
    charge(
      Math.floor(random() * HOUR_MS),
      Math.floor(random() ** 3 * 1e9),
      ["opus", "haiku", "sonnet"][Math.floor(random() * 3)],
      id,
    ),
  ).sort((one, other) => one.createdMs - other.createdMs);
}

describe.each([1, 2, 3])("of random charges (seed %i)", (seed) => {
  const charges = randomCharges(seed, 500);
  const expected = Object.fromEntries(windowOf(charges).totals.map(({ model, micros }) => [model, micros]));
  const windows = { "each charge known": windowOf(charges), "sums known": summedWindow(charges, 5 * MINUTE_MS) };

  test.each(Object.entries(windows))("every mode adds up to the totals with %s", (_, window) => {
    expect(sums(draw(window, "requests"))).toEqual(expected);
    expect(sums(draw(window, "rate"))).toEqual(expected);
    const ends = draw(window, "cumulative").lines.map(({ model, points }) => [model, points.at(-1)?.micros]);
    expect(Object.fromEntries(ends)).toEqual(expected);
  });

  test.each(Object.entries(windows))("a hole takes nothing away with %s", (_, window) => {
    const withHoles = {
      ...window,
      gaps: [
        { fromMs: 600_500, toMs: 1_200_300 },
        { fromMs: 1_900_000, toMs: 1_900_001 },
      ],
    };
    expect(sums(draw(withHoles, "requests"))).toEqual(expected);
    expect(sums(draw(withHoles, "rate"))).toEqual(expected);
  });

  test("requests pass through each charge", () => {
    expect(countPoints(draw(windowOf(charges), "requests"))).toBe(500);
  });
});

test("hidden models are not drawn, whatever the mode", () => {
  const window = windowOf([charge(1, 5, "opus"), charge(2, 6, "haiku")]);
  for (const mode of MODES) expect(draw(window, mode, ["opus"]).lines.map((line) => line.model)).toEqual(["haiku"]);
});

test("a window without charges draws nothing", () => {
  for (const mode of MODES) expect(countPoints(draw(windowOf([]), mode))).toBe(0);
});

describe("the rate", () => {
  test("is an honest zero where nothing was charged", () => {
    const [line] = draw(windowOf([charge(MINUTE_MS * 3 + 1, 7)]), "rate").lines;
    expect(line?.points.slice(0, 6).map((point) => point?.micros)).toEqual([0, 0, 0, 7, 0, 0]);
    expect(line?.points).toHaveLength(60);
  });

  test("is nothing where nothing is known", () => {
    const gaps = [{ fromMs: 5 * MINUTE_MS, toMs: 7 * MINUTE_MS + 1 }];
    const [line] = draw(windowOf([charge(MINUTE_MS, 7)], { gaps }), "rate").lines;
    expect(line?.points.slice(4, 9).map((point) => point?.micros)).toEqual([0, undefined, undefined, 0, 0]);
  });

  test("is nothing after the relay has last answered", () => {
    const [line] = draw(windowOf([charge(MINUTE_MS, 7)]), "rate", [], 50 * MINUTE_MS).lines;
    expect(line?.points.slice(49, 52).map((point) => point?.micros)).toEqual([0, undefined, undefined]);
  });

  test("keeps a charge that stands where nothing else is known", () => {
    const gaps = [{ fromMs: 0, toMs: HOUR_MS }];
    expect(sums(draw(windowOf([charge(MINUTE_MS, 7)], { gaps }), "rate"))).toEqual({ opus: 7 });
  });

  test("fills the server's buckets with zeros", () => {
    const window = summedWindow([charge(1, 5), charge(20 * MINUTE_MS, 6)], 10 * MINUTE_MS);
    expect(draw(window, "rate").lines[0]?.points.map((point) => point?.micros)).toEqual([5, 0, 6, 0, 0, 0]);
  });

  test("begins and ends with the window, though its buckets do not", () => {
    const { edges } = draw(windowOf([charge(90_000, 5)], { fromMs: 30_500, toMs: 30_500 + HOUR_MS }), "rate");
    expect(edges.slice(0, 3)).toEqual([30_500, 60_000, 120_000]);
    expect(edges.at(-1)).toBe(30_500 + HOUR_MS);
  });
});

describe("requests", () => {
  const ms = (drawing: Drawing) => drawing.lines[0]?.points.map((point) => point?.ms ?? null);

  test("break where something between them is not known, and only there", () => {
    const charges = [1000, 2000, 5000, 6000].map((createdMs) => charge(createdMs, 1));
    const gaps = [{ fromMs: 2000, toMs: 5000 }];
    expect(ms(draw(windowOf(charges, { gaps }), "requests"))).toEqual([1000, 2000, null, 5000, 6000]);
  });

  test("do not break before the first or after the last", () => {
    const gaps = [
      { fromMs: 0, toMs: 500 },
      { fromMs: 3000, toMs: 4000 },
    ];
    expect(ms(draw(windowOf([charge(1000, 1), charge(2000, 1)], { gaps }), "requests"))).toEqual([1000, 2000]);
  });

  test("break once for several holes", () => {
    const gaps = [
      { fromMs: 1100, toMs: 1200 },
      { fromMs: 1300, toMs: 1400 },
    ];
    expect(ms(draw(windowOf([charge(1000, 1), charge(2000, 1)], { gaps }), "requests"))).toEqual([1000, null, 2000]);
  });

  test("of summed windows stand where their bucket starts, or the window does", () => {
    const window = summedWindow([charge(30_000, 1), charge(70_000, 1)], MINUTE_MS, { fromMs: 20_000 });
    expect(ms(draw(window, "requests"))).toEqual([20_000, 60_000]);
  });

  test("of summed windows are not joined over buckets in which nothing was charged", () => {
    const window = summedWindow([charge(30_000, 1), charge(130_000, 1), charge(190_000, 1)], MINUTE_MS);
    expect(ms(draw(window, "requests"))).toEqual([0, null, 120_000, 180_000]);
  });
});

describe("the running sum", () => {
  test("stands for a bucket when all of it has been charged", () => {
    const window = summedWindow([charge(30_000, 1), charge(130_000, 2)], MINUTE_MS);
    const points = draw(window, "cumulative").lines[0]?.points.map((point) => [point?.ms, point?.micros]);
    expect(points).toEqual([
      [60_000, 1],
      [180_000, 3],
    ]);
  });

  test("has counted the bucket that is not over yet by now", () => {
    const window = summedWindow([charge(30_000, 1)], MINUTE_MS, { toMs: 40_000 });
    expect(draw(window, "cumulative").lines[0]?.points[0]?.ms).toBe(40_000);
    expect(draw(window, "cumulative", [], 35_000).lines[0]?.points[0]?.ms).toBe(35_000);
  });
});

test("what came after the relay last answered is a hole, but for the charges themselves", () => {
  const window = windowOf([charge(3_000_000, 5)]);
  expect(draw(window, "rate", [], 1000).holes).toEqual([{ fromMs: 3_000_001, toMs: HOUR_MS }]);
  expect(draw(window, "rate", [], 3_100_000).holes).toEqual([{ fromMs: 3_100_000, toMs: HOUR_MS }]);
  expect(draw(window, "rate").holes).toEqual([]);
});
