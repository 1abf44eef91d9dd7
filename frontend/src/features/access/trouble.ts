// Owns what the dialog says of a key that did not open the page: a pure function of the problem. Words are `strings`'.
import { NOT_KEPT } from "@/api/problem.ts";

const WORDS: Readonly<Record<string, string>> = {
  access_denied: "wrong",
  too_many_attempts: "tooMany",
  [NOT_KEPT.code]: "notKept",
};

/** Returns the key of the dialog's own words; null where the words for any problem will do. */
export const troubleOf = ({ code }: { code: string }): string | null => WORDS[code] ?? null;
