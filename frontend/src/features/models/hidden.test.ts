import { expect, test } from "vitest";
import { isAlone, soloed, toggled } from "./hidden.ts";

const MODELS = ["opus", "sonnet", "haiku"];

test("a click hides a model, and another one shows it again", () => {
  expect(toggled(["haiku"], "opus")).toEqual(["haiku", "opus"]);
  expect(toggled(["haiku", "opus"], "opus")).toEqual(["haiku"]);
});

test("alone means that all others of the window are hidden", () => {
  expect(soloed([], "sonnet", MODELS)).toEqual(["opus", "haiku"]);
  expect(soloed(["sonnet"], "sonnet", MODELS)).toEqual(["opus", "haiku"]);
  expect(isAlone(["opus", "haiku"], "sonnet", MODELS)).toBe(true);
});

test("a model that is alone already brings all others back", () => {
  expect(soloed(["opus", "haiku"], "sonnet", MODELS)).toEqual([]);
});

test("what is hidden elsewhere stays hidden when a model is to be seen alone", () => {
  expect(soloed(["gone"], "sonnet", MODELS)).toEqual(["gone", "opus", "haiku"]);
});

test("the only model of a window is not alone, so that it can be hidden and shown", () => {
  expect(isAlone([], "opus", ["opus"])).toBe(false);
});
