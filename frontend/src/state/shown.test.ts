import { describe, expect, it } from "vitest";
import { burnOf, newestOf, sumOf, todayOf } from "@/state/figures.ts";
import { charge, DAY_MS, HOUR_MS, MINUTE_MS, NOW_MS, opened, played, status, sums, told } from "@/state/samples.ts";
import { shownOf, standingOf } from "@/state/shown.ts";

const three = [
  charge(1, NOW_MS - 90 * MINUTE_MS, 1_000_000),
  charge(2, NOW_MS - 50 * MINUTE_MS, 2_000_000, "opus"),
  charge(3, NOW_MS - MINUTE_MS, 4_000_000),
];

describe("the window in view", () => {
  it("holds the charges of the live window, summed by model, the largest first", () => {
    const shown = shownOf(opened(three));
    expect(shown.charges.map(({ id }) => id)).toEqual([2, 3]);
    expect(shown.totals).toEqual([
      { model: "sonnet", micros: 4_000_000, requests: 1, largestMicros: 4_000_000, latestMs: NOW_MS - MINUTE_MS },
      { model: "opus", micros: 2_000_000, requests: 1, largestMicros: 2_000_000, latestMs: NOW_MS - 50 * MINUTE_MS },
    ]);
  });

  it("slides when nothing arrives", () => {
    const shown = shownOf(played(opened(three), { type: "now", nowMs: NOW_MS + 15 * MINUTE_MS }));
    expect(shown.charges.map(({ id }) => id)).toEqual([3]);
    expect([shown.fromMs, shown.toMs]).toEqual([NOW_MS - 45 * MINUTE_MS, NOW_MS + 15 * MINUTE_MS]);
  });

  it("reaches to a charge that the relay's clock put ahead of ours", () => {
    const shown = shownOf(opened([charge(1, NOW_MS + 5_000)]));
    expect([shown.charges.length, shown.toMs]).toEqual([1, NOW_MS + 5_001]);
  });

  it("is the same object while nothing changes that it depends on", () => {
    const state = opened(three);
    const shown = shownOf(state);
    expect(
      shownOf(
        played(state, {
          type: "told",
          event: { kind: "status", status: { ...status(), usage: state.status?.usage ?? status().usage } },
          nowMs: NOW_MS,
        }),
      ),
    ).toBe(shown);
  });

  it("stands still, for what does not depend on the axis, while it slides past nothing", () => {
    const state = opened(three);
    const later = played(state, { type: "now", nowMs: NOW_MS + 9 * MINUTE_MS });
    expect(shownOf(later)).not.toBe(shownOf(state));
    expect(standingOf(later)).toBe(standingOf(state));
    expect(standingOf(played(later, { type: "now", nowMs: NOW_MS + 11 * MINUTE_MS })).charges).toHaveLength(1);
    expect(standingOf(played(state, { type: "fixed", stretch: { fromMs: 0, toMs: NOW_MS } })).view.kind).toBe("fixed");
  });

  it("is loading, then ready, stale while the stream is away, and failed where it never came", () => {
    const away = { type: "told", event: { kind: "link", link: "closed" }, nowMs: NOW_MS } as const;
    const fresh = opened(three);
    expect(shownOf(fresh).phase).toBe("ready");
    expect(shownOf(played(fresh, away)).phase).toBe("stale");
    const never = { ...fresh, recent: { ...fresh.recent, data: null } };
    expect(shownOf(never).phase).toBe("loading");
    expect(shownOf(played(never, away)).phase).toBe("failed");
  });

  it("of a long range goes on from the server's sums", () => {
    const state = played(
      opened(three, { rangeMinutes: 43_200 }),
      { type: "asked", slot: "window", key: "range=43200" },
      { type: "answered", slot: "window", key: "range=43200", data: sums(), gaps: [], since: [] },
      told([charge(9, NOW_MS, 1_000_000)]),
    );
    const shown = shownOf(state);
    expect([shown.bucketMs, shown.totals[0]?.micros, shown.charges.length]).toEqual([HOUR_MS, 6_000_000, 0]);
  });

  it("tells the gaps that overlap it", () => {
    const state = opened(three);
    const gaps = [
      { fromMs: NOW_MS - 3 * HOUR_MS, toMs: NOW_MS - 2 * HOUR_MS },
      { fromMs: NOW_MS - 2 * HOUR_MS, toMs: NOW_MS - 40 * MINUTE_MS },
    ];
    const told_ = { ...status(), usage: { ...status().usage, gaps } };
    const event = { kind: "status", status: told_ } as const;
    expect(shownOf(played(state, { type: "told", event, nowMs: NOW_MS })).gaps).toEqual([gaps[1]]);
  });
});

describe("the figures", () => {
  it("tell what the last hour cost, and the one before", () => {
    expect(burnOf(opened(three))).toEqual({ lastHourMicros: 6_000_000, hourBeforeMicros: 1_000_000 });
  });

  it("tell today's sum as soon as it is known", () => {
    const key = `from=${Date.UTC(2025, 7, 25)}`;
    const data = sums({ fromMs: Date.UTC(2025, 7, 25), bucketMs: DAY_MS });
    expect(todayOf(opened(three))).toBeNull();
    const known = played(
      opened(three),
      { type: "asked", slot: "today", key },
      { type: "answered", slot: "today", key, data, gaps: [], since: [] },
    );
    expect(todayOf(known)).toEqual({ micros: 5_000_000, requests: 2 });
    expect(todayOf(played(known, told([charge(9, NOW_MS, 1)])))).toEqual({ micros: 5_000_001, requests: 3 });
  });

  it("tell the newest charge, from whichever side it is known first", () => {
    const newer = charge(9, NOW_MS);
    expect(newestOf(opened(three))?.id).toBe(3);
    expect(newestOf(played(opened(three), told([newer])))?.id).toBe(9);
    expect(newestOf({ ...opened(), status: status(newer) })?.id).toBe(9);
    expect(newestOf(opened())).toBeNull();
  });

  it("add up exactly", () => {
    expect(
      sumOf([
        { micros: 100_001, requests: 1 },
        { micros: 200_002, requests: 2 },
      ]),
    ).toEqual({
      micros: 300_003,
      requests: 3,
    });
  });
});
