import { expect, test } from "vitest";
import { keyCommand } from "@/charts/keys.ts";

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

test("plus zooms in whether or not its key wants shift", () => {
  expect(keyCommand(pressed("+", { shiftKey: true }))).toEqual(keyCommand(pressed("=")));
});

test("arrows read, with shift they move the window", () => {
  expect(keyCommand(pressed("ArrowLeft"))).toEqual({ does: "step", step: "previous" });
  expect(keyCommand(pressed("ArrowLeft", { shiftKey: true }))).toEqual({ does: "move", share: -0.25 });
});

test("the browser's own combinations are left to it", () => {
  for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
    expect(keyCommand(pressed("0", held))).toBeNull();
});

test("other keys are somebody else's", () => {
  for (const key of ["Tab", "Enter", "r", "?", "constructor"]) expect(keyCommand(pressed(key))).toBeNull();
});
