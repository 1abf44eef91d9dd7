// Owns what a person types as a stretch of time, and what is wrong with it. The words for that are the strings'.
import { browserDateWall, wallExists, wallToMs } from "@/lib/zone.ts";

const MINUTE_MS = 60_000;
/** The longest window that the contract knows: 366 days. */
const LONGEST_MS = 527_040 * MINUTE_MS;

export type Mistake = "empty" | "skipped" | "order" | "future" | "long";

export interface Typed {
  from: string;
  to: string;
}

export interface Mistakes {
  from?: Mistake;
  to?: Mistake;
}

export type Checked = { ok: true; fromMs: number; toMs: number } | { ok: false; mistakes: Mistakes };

/** Reads the two `datetime-local` texts as wall times of the zone. */
export function checked(typed: Typed, zone: string, nowMs: number): Checked {
  const from = momentOf(typed.from, zone);
  const to = momentOf(typed.to, zone);
  if (typeof from === "string" || typeof to === "string") {
    return { ok: false, mistakes: { ...(isMistake(from) && { from }), ...(isMistake(to) && { to }) } };
  }
  if (from >= to) return { ok: false, mistakes: { to: "order" } };
  if (from >= nowMs) return { ok: false, mistakes: { from: "future" } };
  if (to - from > LONGEST_MS) return { ok: false, mistakes: { from: "long" } };
  return { ok: true, fromMs: from, toMs: to };
}

function momentOf(text: string, zone: string): number | Mistake {
  const wall = browserDateWall(text);
  if (!wall) return "empty";
  return wallExists(wall, zone) ? wallToMs(wall, zone) : "skipped";
}

function isMistake(moment: number | Mistake): moment is Mistake {
  return typeof moment === "string";
}
