import { describe, expect, test } from "vitest";
import { frameFor } from "@/charts/drawing.testing.ts";
import { xOf } from "@/charts/plot.ts";
import { readingAt } from "@/charts/reading.ts";

const rows = ({ rows }: ReturnType<typeof readingAt>) =>
  rows.map(({ model, micros, requests }) => [model, micros, requests]);

describe("requests", () => {
  const frame = frameFor([
    [100_000, 5],
    [300_000, 7],
    [300_100, 9, "haiku"],
    [300_200, 2],
  ]);
  const at = (ms: number) => readingAt(frame, xOf(frame.plot, ms));

  test("are told from nearby, at the moment they happened", () => {
    const reading = at(112_000);
    expect(rows(reading)).toEqual([["opus", 5, 1]]);
    expect(reading.span).toEqual({ fromMs: 100_000, toMs: 100_000 });
    expect(reading.x).toBe(xOf(frame.plot, 100_000));
  });

  test("that share a pixel are told together, the largest first", () => {
    const reading = at(300_050);
    expect(rows(reading)).toEqual([
      ["opus", 9, 2],
      ["haiku", 9, 1],
    ]);
    expect(reading.span).toEqual({ fromMs: 300_000, toMs: 300_200 });
  });

  test("are not told from afar", () => {
    const reading = at(125_000);
    expect(rows(reading)).toEqual([]);
    expect(reading.span.fromMs).toBe(125_000);
    expect(reading.isUnknown).toBe(false);
  });

  test("are not known in a gap", () => {
    const gaps = [{ fromMs: 150_000, toMs: 250_000 }];
    const known = frameFor([[100_000, 5]], { gaps });
    expect(readingAt(known, xOf(known.plot, 200_000)).isUnknown).toBe(true);
  });
});

describe("the rate", () => {
  const frame = frameFor(
    [
      [100_000, 5],
      [101_000, 7, "haiku"],
    ],
    { mode: "rate", gaps: [{ fromMs: 200_000, toMs: 210_000 }], knownUntilMs: 900_000 },
  );
  const at = (ms: number) => readingAt(frame, xOf(frame.plot, ms));

  test("is told for the bucket under the pointer, zeros too", () => {
    expect(rows(at(105_000))).toEqual([
      ["haiku", 7, 1],
      ["opus", 5, 1],
    ]);
    expect(at(105_000).span).toEqual({ fromMs: 100_000, toMs: 110_000 });
    expect(rows(at(500_000))).toEqual([
      ["opus", 0, 0],
      ["haiku", 0, 0],
    ]);
  });

  test("is not told where nothing is known", () => {
    for (const ms of [205_000, 950_000]) expect(at(ms)).toMatchObject({ rows: [], isUnknown: true });
  });

  test("is told for the first and the last bucket beyond the borders", () => {
    expect(readingAt(frame, 0).span.fromMs).toBe(0);
    expect(readingAt(frame, 5000).span.toMs).toBe(1_000_000);
  });
});

describe("the running sum", () => {
  const charges: [number, number, string?][] = [
    [100_000, 5],
    [300_000, 7],
    [400_000, 9, "haiku"],
  ];

  test("is told for every model at any moment", () => {
    const frame = frameFor(charges, { mode: "cumulative" });
    expect(rows(readingAt(frame, xOf(frame.plot, 350_000)))).toEqual([
      ["opus", 12, 2],
      ["haiku", 0, 0],
    ]);
  });

  test("is told as a part over a gap", () => {
    const frame = frameFor(charges, { mode: "cumulative", gaps: [{ fromMs: 150_000, toMs: 250_000 }] });
    const reading = readingAt(frame, xOf(frame.plot, 200_000));
    expect(rows(reading)[0]).toEqual(["opus", 5, 1]);
    expect(reading.isUnknown).toBe(true);
  });
});
