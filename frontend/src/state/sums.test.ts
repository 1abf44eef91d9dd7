import { describe, expect, it } from "vitest";
import { randomSource } from "@/lib/random.testing.ts";
import { charge, HOUR_MS, NOW_MS, sums } from "@/state/samples.ts";
import { seriesOf, totalsOf, withCharges } from "@/state/sums.ts";

describe("sums", () => {
  it("grow by a charge that is newer than all that was summed", () => {
    const grown = withCharges(sums(), [charge(9, NOW_MS, 3_000_000)]);
    expect(grown.outdated).toBe(false);
    expect(totalsOf(grown)).toEqual([{ model: "sonnet", micros: 8_000_000, requests: 3, latestMs: NOW_MS }]);
  });

  it("count a charge that is corrected once, with its newer amount", () => {
    const grown = withCharges(withCharges(sums(), [charge(9, NOW_MS, 3)]), [charge(9, NOW_MS, 4)]);
    expect(totalsOf(grown)[0]?.micros).toBe(5_000_004);
  });

  it("are outdated by a charge that they may hold already", () => {
    expect(withCharges(sums(), [charge(9, NOW_MS - HOUR_MS)]).outdated).toBe(true);
    expect(withCharges(sums(), [charge(9, NOW_MS - 3 * HOUR_MS)]).outdated).toBe(true);
  });

  it("stay as they are where a charge is outside of the window", () => {
    const standing = sums({ toMs: NOW_MS });
    expect(withCharges(standing, [charge(9, NOW_MS), charge(8, standing.fromMs - 1)])).toBe(standing);
  });

  it("are outdated before what came since grows large", () => {
    const many = Array.from({ length: 501 }, (_, index) => charge(index, NOW_MS + index));
    expect(withCharges(sums(), many).outdated).toBe(true);
  });

  it("put what came since into buckets that go on from the server's", () => {
    const startMs = NOW_MS - 2 * HOUR_MS;
    const grown = withCharges(sums(), [
      charge(9, startMs + 1.5 * HOUR_MS, 1),
      charge(8, startMs + 4.1 * HOUR_MS, 2, "opus"),
    ]);
    expect(seriesOf(grown)).toEqual([
      {
        model: "sonnet",
        points: [
          { startMs, micros: 5_000_000, requests: 2 },
          { startMs: startMs + HOUR_MS, micros: 1, requests: 1 },
        ],
      },
      { model: "opus", points: [{ startMs: startMs + 4 * HOUR_MS, micros: 2, requests: 1 }] },
    ]);
  });

  it("agree, as series and as totals, whatever comes", () => {
    for (let seed = 0; seed < 50; seed++) {
      const next = randomSource(seed);
      let window = sums();
      for (let at = 0; at < 30; at++) {
        const ms = NOW_MS - HOUR_MS + 1 + Math.floor(next() * 5 * HOUR_MS);
        window = withCharges(window, [
          charge(Math.floor(next() * 20), ms, Math.floor(next() * 1e7), next() < 0.5 ? "a" : "sonnet"),
        ]);
      }
      const inSeries = new Map(
        seriesOf(window).map(({ model, points }) => [model, points.reduce((sum, point) => sum + point.micros, 0)]),
      );
      for (const { model, micros } of totalsOf(window)) expect(inSeries.get(model)).toBe(micros);
      expect(inSeries.size).toBe(totalsOf(window).length);
    }
  });
});
