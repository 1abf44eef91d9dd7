// Owns how each model looks on this page, the same wherever it is shown, and remembers it in this browser.
import { useEffect, useMemo } from "react";
import * as v from "valibot";
import { type Look, lookOf, SLOT_COUNT } from "@/charts/hues.ts";
import { assign, type Slots } from "@/charts/slots.ts";
import { useTheme } from "@/charts/useTheme.ts";

export type { Look } from "@/charts/hues.ts";

const KEY = "ccurve.models";
const SlotsSchema = v.record(
  v.string(),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(SLOT_COUNT - 1)),
);

let slots: Slots | null = null;
let stored: Slots | null = null;

/** Returns the look of each of the models, in the theme that the page wears. */
export function useLooks(models: readonly string[]): ReadonlyMap<string, Look> {
  const theme = useTheme();
  const known = slotsWith(models);
  useEffect(() => remember(known), [known]);
  const names = JSON.stringify(models);
  return useMemo(
    () => new Map((JSON.parse(names) as string[]).map((model) => [model, lookOf(known[model] ?? 0, theme)])),
    [names, known, theme],
  );
}

/** Whoever is rendered first gives a new model its slot; to do it again changes nothing. */
function slotsWith(models: readonly string[]): Slots {
  slots = assign(slots ?? remembered(), models);
  return slots;
}

function remembered(): Slots {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), SlotsSchema), localStorage.getItem(KEY));
  stored = read.success ? read.output : {};
  return stored;
}

function remember(all: Slots): void {
  if (all === stored) return;
  stored = all;
  localStorage.setItem(KEY, JSON.stringify(all));
}
