import { describe, expect, it } from "vitest";
import type { Records } from "@/state/model.ts";
import { emptyState } from "@/state/model.ts";
import { needs } from "@/state/needs.ts";
import type { Action } from "@/state/reducer.ts";
import { charge, DAY_MS, HOUR_MS, MINUTE_MS, NOW_MS, opened, played, sums, told } from "@/state/samples.ts";

const slots = (state: Parameters<typeof needs>[0]) => needs(state).map(({ slot }) => slot);
const todayKey = `from=${Date.UTC(2025, 7, 25)}`;
const today: Action = {
  type: "answered",
  slot: "today",
  key: todayKey,
  data: sums({ fromMs: Date.UTC(2025, 7, 25), bucketMs: DAY_MS }),
  gaps: [],
  since: [],
};
const settled = (...arguments_: Parameters<typeof opened>) =>
  played(opened(...arguments_), { type: "asked", slot: "today", key: todayKey }, today);

const window30 = (change = {}): Action => ({
  type: "answered",
  slot: "window",
  key: "range=43200",
  data: sums(change),
  gaps: [],
  since: [],
});

describe("what has to be asked for", () => {
  it("is nothing before the configuration is known", () => {
    expect(needs(emptyState(NOW_MS))).toEqual([]);
  });

  it("is today alone where the stream brought the window", () => {
    expect(needs(opened())).toEqual([
      { slot: "today", key: todayKey, fromMs: Date.UTC(2025, 7, 25), toMs: null, bucketSeconds: 86_400 },
    ]);
    expect(needs(settled())).toEqual([]);
  });

  it("is not asked twice while an answer is on its way", () => {
    expect(needs(played(opened(), { type: "asked", slot: "today", key: todayKey }))).toEqual([]);
  });

  it("waits, once it failed, until somebody tries again or the server is back", () => {
    const problem = { code: "unreachable", detail: "" };
    const failed = played(
      opened(),
      { type: "asked", slot: "today", key: todayKey },
      { type: "failed", slot: "today", key: todayKey, problem },
    );
    expect(needs(failed)).toEqual([]);
    expect(slots(played(failed, { type: "reload" }))).toEqual(["today"]);
    const back: Action = { type: "told", event: { kind: "link", link: "open" }, nowMs: NOW_MS };
    expect(slots(played(failed, back))).toEqual(["today"]);
  });

  it("is the new day's sum after midnight", () => {
    const [need] = needs(played(settled(), { type: "now", nowMs: NOW_MS + DAY_MS }));
    expect(need).toMatchObject({ slot: "today", fromMs: Date.UTC(2025, 7, 26) });
  });

  it("is the window's charges where it is longer than what the stream began with", () => {
    expect(needs(settled([], { rangeMinutes: 360 }))).toMatchObject([
      { slot: "recent", fromMs: NOW_MS - 6 * HOUR_MS, bucketSeconds: null },
    ]);
  });

  it("is nothing new once the answer covers the window, though the clock has moved on meanwhile", () => {
    const [need] = needs(settled([], { rangeMinutes: 360 }));
    const data: Records = { kind: "records", fromMs: need?.fromMs ?? 0, toMs: null, charges: [] };
    const answered = played(
      settled([], { rangeMinutes: 360 }),
      { type: "asked", slot: "recent", key: "range=360" },
      { type: "now", nowMs: NOW_MS + 50 },
      { type: "answered", slot: "recent", key: "range=360", data, gaps: [], since: [] },
    );
    expect(needs(answered)).toEqual([]);
  });

  it("is nothing new where a window slides", () => {
    expect(needs(played(settled(), { type: "now", nowMs: NOW_MS + HOUR_MS }))).toEqual([]);
  });

  it("is the window's charges where another tab has the stream", () => {
    const state = played(emptyState(NOW_MS), { type: "following" });
    expect(needs(state)).toEqual([]);
    expect(slots({ ...state, config: opened().config })).toEqual(["recent", "today"]);
  });

  it("is the sums of a window of more than a day", () => {
    expect(needs(settled([], { rangeMinutes: 43_200 }))).toEqual([
      { slot: "window", key: "range=43200", fromMs: NOW_MS - 30 * DAY_MS, toMs: null, bucketSeconds: "auto" },
    ]);
  });

  it("is the sums again where they are outdated, where a bucket slid out, and after a reset", () => {
    const asked: Action = { type: "asked", slot: "window", key: "range=43200" };
    const state = played(settled([], { rangeMinutes: 43_200 }), asked, window30());
    expect(needs(state)).toEqual([]);
    expect(slots(played(state, told([charge(1, NOW_MS - 3 * HOUR_MS)])))).toContain("window");
    expect(needs(played(state, { type: "now", nowMs: NOW_MS + 59 * MINUTE_MS }))).toEqual([]);
    expect(slots(played(state, { type: "now", nowMs: NOW_MS + HOUR_MS }))).toEqual(["window"]);
    const event = { kind: "usage", reset: true, charges: [], minutes: 120 } as const;
    expect(slots(played(state, { type: "told", event, nowMs: NOW_MS }))).toEqual(["window", "today"]);
  });

  it("is the charges of a chosen stretch, or its sums where it is longer than a day", () => {
    const toMs = NOW_MS - DAY_MS;
    const short = { fromMs: toMs - HOUR_MS, toMs };
    expect(needs(played(settled(), { type: "fixed", stretch: short }))).toMatchObject([
      { slot: "window", ...short, bucketSeconds: null },
    ]);
    const long = { fromMs: toMs - 2 * DAY_MS, toMs };
    expect(needs(played(settled(), { type: "fixed", stretch: long }))).toMatchObject([
      { slot: "window", ...long, bucketSeconds: "auto" },
    ]);
  });

  it("is nothing for a stretch, or a zoom into one, that lies in what is known", () => {
    const stretch = { fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS - MINUTE_MS };
    expect(needs(played(settled(), { type: "zoom", stretch }))).toEqual([]);
  });
});

describe("what was told while an answer was on its way", () => {
  it("is part of it", () => {
    const data: Records = {
      kind: "records",
      fromMs: NOW_MS - 6 * HOUR_MS,
      toMs: null,
      charges: [charge(1, NOW_MS - 5)],
    };
    const state = played(
      settled([], { rangeMinutes: 360 }),
      { type: "asked", slot: "recent", key: "range=360" },
      { type: "answered", slot: "recent", key: "range=360", data, gaps: [], since: [charge(2, NOW_MS - 4)] },
    );
    expect(state.recent.data).toMatchObject({ charges: [{ id: 1 }, { id: 2 }] });
  });

  it("does not change what another question asks by now", () => {
    const state = played(
      settled([], { rangeMinutes: 43_200 }),
      { type: "asked", slot: "window", key: "range=10080" },
      { type: "asked", slot: "window", key: "range=43200" },
    );
    expect(played(state, { ...window30(), key: "range=10080" } as Action)).toBe(state);
  });
});
