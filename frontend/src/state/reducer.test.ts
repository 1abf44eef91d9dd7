import { describe, expect, it } from "vitest";
import { configOf, zoneOf } from "@/state/config.ts";
import { emptyState } from "@/state/model.ts";
import { charge, HOUR_MS, MINUTE_MS, NOW_MS, opened, played, status, told } from "@/state/samples.ts";

describe("a change of the configuration", () => {
  const patch = { chartMode: "rate" } as const;

  it("is shown at once, and kept when the server says so", () => {
    const state = played(opened(), { type: "patching", patch });
    expect(configOf(state).chartMode).toBe("rate");
    const config = { ...configOf(opened()), chartMode: "rate" as const };
    expect(configOf(played(state, { type: "patched", patch, config })).chartMode).toBe("rate");
  });

  it("is undone when it is refused", () => {
    const state = played(opened(), { type: "patching", patch }, { type: "patched", patch, config: null });
    expect(configOf(state).chartMode).toBe("requests");
  });

  it("stays on show while an earlier one of the same setting is confirmed", () => {
    const later = { chartMode: "cumulative" } as const;
    const config = { ...configOf(opened()), chartMode: "rate" as const };
    const state = played(
      opened(),
      { type: "patching", patch },
      { type: "patching", patch: later },
      { type: "patched", patch, config },
    );
    expect(configOf(state).chartMode).toBe("cumulative");
  });
});

describe("what is kept", () => {
  it("is level while charges come for a day", () => {
    let state = opened();
    let most = 0;
    for (let id = 0; id < 17_280; id++) {
      const nowMs = NOW_MS + id * 5_000;
      state = played(state, told([charge(id, nowMs)], nowMs));
      if (id > 1_500)
        most = Math.max(most, state.recent.data?.kind === "records" ? state.recent.data.charges.length : 0);
    }
    expect(most).toBe((2 * HOUR_MS) / 5_000 + 1);
  });

  it("is what the stream brings after a reset", () => {
    const event = { kind: "usage", reset: true, charges: [charge(7, NOW_MS)], minutes: 120 } as const;
    const state = played(opened([charge(1, NOW_MS - 1)]), { type: "told", event, nowMs: NOW_MS });
    expect(state.recent.data).toMatchObject({ fromMs: NOW_MS - 120 * MINUTE_MS, charges: [{ id: 7 }] });
  });
});

describe("the connection", () => {
  it("remembers when it was lost, until it is back", () => {
    const away = { type: "told", event: { kind: "link", link: "connecting" }, nowMs: NOW_MS + 5 } as const;
    const closed = { type: "told", event: { kind: "link", link: "closed" }, nowMs: NOW_MS + 9 } as const;
    const back = { type: "told", event: { kind: "link", link: "open" }, nowMs: NOW_MS + 20 } as const;
    const lost = played(opened(), away, closed);
    expect([lost.link, lost.lostMs]).toEqual(["closed", NOW_MS + 5]);
    expect(played(lost, back).lostMs).toBeNull();
  });
});

describe("the zone", () => {
  const latest = { ...charge(1, NOW_MS), time: "2025-08-25 18:30:00" };

  it("is the one that is configured", () => {
    expect(zoneOf(opened([], { timeZone: "Asia/Kathmandu" }))).toBe("Asia/Kathmandu");
  });

  it("is told by the newest charge where it is the server's, and the server is elsewhere", () => {
    expect(zoneOf({ ...opened([], { timeZone: "local" }), status: status(latest) })).toBe("+05:30");
  });

  it("is told by the newest charge where the browser does not know the one that is configured", () => {
    expect(zoneOf({ ...opened([], { timeZone: "Factory" }), status: status(latest) })).toBe("+05:30");
  });
});

describe("a page that asks for the access key", () => {
  const denied = { type: "told", event: { kind: "access", denied: true }, nowMs: NOW_MS } as const;
  const admitted = { type: "told", event: { kind: "access", denied: false }, nowMs: NOW_MS } as const;
  const shown = () => played(opened([charge(1, NOW_MS - 1)]), { type: "following" });

  it("holds nothing of what it showed", () => {
    expect(played(shown(), denied)).toEqual({ ...emptyState(NOW_MS), following: true, locked: true });
  });

  it("learns nothing that was still on its way", () => {
    const locked = played(shown(), denied);
    const config = configOf(opened());
    const late = played(
      locked,
      told([charge(2, NOW_MS)], NOW_MS),
      { type: "told", event: { kind: "config", config }, nowMs: NOW_MS },
      { type: "patched", patch: { theme: "dark" }, config },
      { type: "answered", slot: "today", key: "from=1", data: shown().recent.data ?? never(), gaps: [], since: [] },
    );
    expect(late).toEqual(locked);
  });

  it("goes on once it is let in", () => {
    const state = played(shown(), denied, admitted, told([charge(2, NOW_MS)], NOW_MS));
    expect(state.locked).toBe(false);
  });
});

function never(): never {
  throw new Error("There is nothing to answer with.");
}
