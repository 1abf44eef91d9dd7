import { expect, test } from "vitest";
import { HUE_COUNT, SLOT_COUNT } from "@/charts/hues.ts";
import { assign, type Slots } from "@/charts/slots.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `model-${index}`);

test("a model keeps its slot, whoever comes and goes", () => {
  const before = assign({}, ["sonnet", "opus"]);
  const after = assign(before, ["haiku", "opus", "fable"]);
  expect(after).toMatchObject(before);
});

test("a model that is new on two machines gets the same slot on both", () => {
  expect(assign({}, ["sonnet"])).toEqual(assign({}, ["sonnet"]));
});

test("the families that nearly everybody uses look the same everywhere, whichever of them is seen first", () => {
  const names = ["claude-sonnet-4-20250514", "claude-opus-4-1-20250805", "claude-3-5-haiku-20241022"];
  expect(Object.entries(assign({}, names)).sort()).toEqual(Object.entries(assign({}, names.toReversed())).sort());
  expect(assign({}, names)).toMatchObject(assign({}, names.slice(1)));
});

test("nothing new leaves what is known as it is", () => {
  const known = assign({}, ["sonnet", "opus"]);
  expect(assign(known, ["opus"])).toBe(known);
});

test("eight models have eight hues, and twice as many have a slot each", () => {
  const eight = Object.values(assign({}, names(HUE_COUNT)));
  expect(new Set(eight)).toEqual(new Set(Array.from({ length: HUE_COUNT }, (_, slot) => slot)));
  expect(new Set(Object.values(assign({}, names(SLOT_COUNT)))).size).toBe(SLOT_COUNT);
});

test("more models than slots share, within the slots", () => {
  for (const slot of Object.values(assign({}, names(3 * SLOT_COUNT)))) expect(slot).toBeLessThan(SLOT_COUNT);
});

test("a model may be called anything", () => {
  const slots: Slots = assign({}, ["__proto__", "constructor", "", "模型"]);
  expect(Object.keys(slots)).toHaveLength(4);
});
