import { describe, expect, it } from "vitest";
import type { Charge } from "@/api/schemas.ts";
import { randomSource } from "@/lib/random.testing.ts";
import { merged, within } from "@/state/records.ts";
import { charge } from "@/state/samples.ts";

const ids = (charges: readonly Charge[]) => charges.map(({ id }) => id);

describe("merged charges", () => {
  it("are in order of time, then id, whatever order they came in", () => {
    const first = merged([], [charge(3, 30), charge(1, 10)], 0);
    expect(ids(merged(first, [charge(4, 30), charge(2, 20)], 0))).toEqual([1, 2, 3, 4]);
  });

  it("hold a charge that came again once, as it came last", () => {
    const [only, ...rest] = merged([charge(1, 10, 5)], [charge(1, 10, 6), charge(1, 10, 7)], 0);
    expect([only?.micros, rest.length]).toEqual([7, 0]);
  });

  it("drop what is older than is kept", () => {
    expect(ids(merged([charge(1, 10), charge(2, 20)], [charge(3, 15)], 16))).toEqual([2]);
  });

  it("are the same however the charges are split into events", () => {
    for (let seed = 0; seed < 50; seed++) {
      const next = randomSource(seed);
      const charges = Array.from({ length: 60 }, () =>
        charge(Math.floor(next() * 40), Math.floor(next() * 1000), Math.floor(next() * 100)),
      );
      let kept: readonly Charge[] = [];
      for (let at = 0; at < charges.length; ) {
        const size = 1 + Math.floor(next() * 10);
        kept = merged(kept, charges.slice(at, at + size), 0);
        at += size;
      }
      expect(kept).toEqual(merged([], charges, 0));
    }
  });
});

describe("the charges within a stretch", () => {
  it("include its start and not its end", () => {
    const charges = [10, 20, 20, 30].map((ms, index) => charge(index, ms));
    expect(ids(within(charges, 20, 30))).toEqual([1, 2]);
    expect(ids(within(charges, 21, 22))).toEqual([]);
  });

  it("are the same list where that is all of it", () => {
    const charges = [charge(1, 10)];
    expect(within(charges, 0, 100)).toBe(charges);
  });
});
