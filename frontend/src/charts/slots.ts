// Owns which model has which slot of the palette: the same for ever once it has been given. Pure; where it is
// remembered is `useLooks`'.
import { HUE_COUNT, SLOT_COUNT } from "@/charts/hues.ts";

export type Slots = Readonly<Record<string, number>>;

/** The families that nearly everybody uses get the hues that are furthest apart. */
const FAMILIES = ["sonnet", "opus", "haiku"];

/**
 * Returns `known` with a slot for each of `models`: its family's, or the one its name falls on, else the next that is
 * free, first among the solid ones. When all are taken, models share. Returns `known` itself where there is nothing new.
 */
export function assign(known: Slots, models: readonly string[]): Slots {
  const unknown = models.filter((model) => !Object.hasOwn(known, model)).sort();
  if (unknown.length === 0) return known;
  const slots: Record<string, number> = { ...known };
  const taken = new Set(Object.values(slots));
  for (const model of unknown) {
    const slot = freeSlot(wantedSlot(model), taken);
    taken.add(slot);
    // Not by assignment, for which `__proto__` would be no name.
    Object.defineProperty(slots, model, { value: slot, enumerable: true, writable: true, configurable: true });
  }
  return slots;
}

function wantedSlot(model: string): number {
  const family = FAMILIES.findIndex((name) => model.includes(name));
  return family === -1 ? FAMILIES.length + (hash(model) % (HUE_COUNT - FAMILIES.length)) : family;
}

function freeSlot(wanted: number, taken: ReadonlySet<number>): number {
  for (let tier = 0; tier < SLOT_COUNT; tier += HUE_COUNT) {
    for (let step = 0; step < HUE_COUNT; step += 1) {
      const slot = tier + ((wanted + step) % HUE_COUNT);
      if (!taken.has(slot)) return slot;
    }
  }
  return wanted % SLOT_COUNT;
}

/** FNV-1a, for which short names that differ in a letter fall far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
