import { expect, test } from "vitest";
import {
  fitted,
  holesIn,
  LEAST_SPAN_MS,
  lengthOf,
  movedBy,
  type Span,
  spanBetween,
  without,
  zoomedAbout,
} from "@/charts/span.ts";

const bounds: Span = { fromMs: 0, toMs: 3_600_000 };

test("zooming leaves the moment under the pointer where it is", () => {
  const { fromMs, toMs } = zoomedAbout(bounds, 900_000, 0.5, bounds);
  expect((900_000 - fromMs) / (toMs - fromMs)).toBeCloseTo(0.25);
  expect(toMs - fromMs).toBe(1_800_000);
});

test("zooming out ends at the bounds", () => {
  expect(zoomedAbout({ fromMs: 100_000, toMs: 200_000 }, 150_000, 1000, bounds)).toEqual(bounds);
});

test("zooming in ends at ten seconds", () => {
  expect(lengthOf(zoomedAbout(bounds, 900_000, 1e-9, bounds))).toBe(LEAST_SPAN_MS);
});

test("a window shorter than ten seconds is left as it is", () => {
  const short = { fromMs: 0, toMs: 4_000 };
  expect(zoomedAbout(short, 1_000, 0.5, short)).toEqual(short);
});

test("moving ends at the bounds with the length kept", () => {
  expect(movedBy({ fromMs: 3_000_000, toMs: 3_500_000 }, 0.5, bounds)).toEqual({ fromMs: 3_100_000, toMs: 3_600_000 });
  expect(movedBy({ fromMs: 100_000, toMs: 600_000 }, -0.5, bounds)).toEqual({ fromMs: 0, toMs: 500_000 });
});

test("a rectangle may be drawn either way, and is never shorter than can be zoomed to", () => {
  expect(spanBetween(900_000, 600_000, bounds)).toEqual({ fromMs: 600_000, toMs: 900_000 });
  expect(spanBetween(600_000, 600_100, bounds)).toEqual({ fromMs: 595_050, toMs: 605_050 });
});

test("times stay whole milliseconds", () => {
  const { fromMs, toMs } = fitted({ fromMs: 0.4, toMs: 12_345.6 }, bounds);
  expect([fromMs, toMs].every(Number.isInteger)).toBe(true);
});

test("holes are cut to the span and joined where they touch", () => {
  const holes = [
    { fromMs: 50, toMs: 60 },
    { fromMs: -10, toMs: 20 },
    { fromMs: 20, toMs: 30 },
    { fromMs: 95, toMs: 200 },
    { fromMs: 300, toMs: 400 },
  ];
  expect(holesIn(holes, { fromMs: 0, toMs: 100 })).toEqual([
    { fromMs: 0, toMs: 30 },
    { fromMs: 50, toMs: 60 },
    { fromMs: 95, toMs: 100 },
  ]);
});

test("a span without its holes is what lies between them", () => {
  const span = { fromMs: 0, toMs: 100 };
  expect(without(span, [])).toEqual([span]);
  expect(without(span, [span])).toEqual([]);
  expect(
    without(span, [
      { fromMs: 0, toMs: 10 },
      { fromMs: 40, toMs: 50 },
    ]),
  ).toEqual([
    { fromMs: 10, toMs: 40 },
    { fromMs: 50, toMs: 100 },
  ]);
});
