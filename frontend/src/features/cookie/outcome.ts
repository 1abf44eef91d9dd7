// Owns what became of a cookie that was saved: a pure function of what the server answered. Words are `strings`'.
import type { Cookie } from "@/api/schemas.ts";
import type { Tone } from "@/ui/Note.tsx";

export interface Outcome {
  tone: Tone;
  /** A key of the words. */
  words: "accepted" | "refused" | "unchecked";
}

/** The relay has accepted it, refused it, or could not be asked. */
export function outcomeOf({ valid }: Pick<Cookie, "valid">): Outcome {
  if (valid === null) return { tone: "warn", words: "unchecked" };
  return valid ? { tone: "ok", words: "accepted" } : { tone: "danger", words: "refused" };
}
