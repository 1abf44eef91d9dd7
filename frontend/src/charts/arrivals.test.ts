import { expect, test } from "vitest";
import { arrivals, placeOn } from "@/charts/arrivals.ts";
import { frameFor } from "@/charts/drawing.testing.ts";
import { xOf, yOf } from "@/charts/plot.ts";

test("a newer charge of a model has come, as has the first of a new one", () => {
  const before = [{ model: "opus", latestMs: 5 }];
  const after = [
    { model: "opus", latestMs: 7 },
    { model: "haiku", latestMs: 6 },
  ];
  expect(arrivals(before, after)).toEqual([
    { model: "opus", ms: 7 },
    { model: "haiku", ms: 6 },
  ]);
});

test("what slides out of the window has not come", () => {
  expect(arrivals([{ model: "opus", latestMs: 5 }], [])).toEqual([]);
  expect(arrivals([{ model: "opus", latestMs: 5 }], [{ model: "opus", latestMs: 5 }])).toEqual([]);
});

test("it is found on the line in every mode", () => {
  const charges: [number, number][] = [
    [100_000, 5],
    [999_000, 7],
  ];
  const arrival = { model: "opus", ms: 999_000 };
  const [requests, rate, sum] = (["requests", "rate", "cumulative"] as const).map((mode) =>
    frameFor(charges, { mode }),
  );
  if (!requests || !rate || !sum) throw new Error("no frames");
  expect(placeOn(requests, arrival)).toEqual({ x: xOf(requests.plot, 999_000), y: yOf(requests.plot, 7) });
  expect(placeOn(rate, arrival)).toEqual({ x: xOf(rate.plot, 999_000), y: yOf(rate.plot, 7) });
  expect(placeOn(sum, arrival)).toEqual({ x: xOf(sum.plot, 999_000), y: yOf(sum.plot, 12) });
});

test("on a model that is not drawn, or out of the window, there is no place", () => {
  const frame = frameFor([[100_000, 5]]);
  expect(placeOn(frame, { model: "haiku", ms: 100_000 })).toBeNull();
  expect(placeOn(frame, { model: "opus", ms: 2_000_000 })).toBeNull();
});
