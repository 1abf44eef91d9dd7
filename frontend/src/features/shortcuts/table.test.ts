import { expect, test } from "vitest";
import { commandOf, SHORTCUTS } from "./table.ts";

const ALL = Object.values(SHORTCUTS).flat();

function pressed(key: string, held: Partial<KeyboardEvent> = {}) {
  return { key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, isComposing: false, ...held };
}

test("each key in the table does what the table says, and no key stands there twice", () => {
  for (const { key, command } of ALL) expect(commandOf(pressed(key), true)).toEqual(command);
  expect(new Set(ALL.map(({ key }) => key)).size).toBe(ALL.length);
});

test("a letter counts with the caps lock on too", () => {
  expect(commandOf(pressed("R"), true)).toEqual({ does: "refresh" });
});

test("a key held with another one is somebody else's", () => {
  for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
    expect(commandOf(pressed("r", held), true)).toBeNull();
});

test("a key that is kept down acts once", () => {
  expect(commandOf(pressed("p", { repeat: true }), true)).toBeNull();
});

test("what composes a character is no shortcut", () => {
  expect(commandOf(pressed("s", { isComposing: true }), true)).toBeNull();
});

test("turned off, no key that writes a character does anything", () => {
  for (const { key } of ALL.filter(({ key }) => key.length === 1)) expect(commandOf(pressed(key), false)).toBeNull();
  expect(commandOf(pressed("Escape"), false)).toEqual({ does: "back" });
});

test("an unknown key does nothing", () => {
  expect(commandOf(pressed("x"), true)).toBeNull();
  expect(commandOf(pressed("Tab"), true)).toBeNull();
});
