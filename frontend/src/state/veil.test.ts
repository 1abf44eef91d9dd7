import { expect, it } from "vitest";
import type { FeedEvent } from "@/api/events.ts";
import { emptyState, type State } from "@/state/model.ts";
import { NOW_MS, opened, played } from "@/state/samples.ts";
import { isVeiled } from "./veil.ts";

const START = emptyState(NOW_MS);
const after = (state: State, event: FeedEvent) => played(state, { type: "told", event, nowMs: NOW_MS });

it("nothing is seen until it is known whether a key is asked for", () => {
  expect(isVeiled(START)).toBe(true);
  expect(isVeiled(after(START, { kind: "link", link: "connecting" }))).toBe(true);
  for (const denied of [true, false]) expect(isVeiled(after(START, { kind: "access", denied }))).toBe(false);
});

it("the page is seen where nobody answers", () => {
  expect(isVeiled(after(START, { kind: "link", link: "closed" }))).toBe(false);
});

it("what was seen once is not veiled when the stream is lost", () => {
  const seen = after(opened(), { kind: "access", denied: false });
  expect(isVeiled(after(seen, { kind: "link", link: "connecting" }))).toBe(false);
});
