// Owns what the dialog says of a key that did not open the page: pure functions of the problem. Words are `strings`'.
import { NOT_KEPT, type Problem } from "@/api/problem.ts";

/** Nothing was typed; said here, for no server needs to be asked. */
export const NOTHING: Problem = { code: "empty", detail: "" };

const WORDS: Readonly<Record<string, string>> = {
  [NOTHING.code]: "empty",
  access_denied: "wrong",
  [NOT_KEPT.code]: "notKept",
};
const OF_THE_KEY: readonly string[] = [NOTHING.code, "access_denied"];
/** As long as wrong keys count, where it is not said for how long to wait. */
const WAIT_S = 60;

/** Returns the key of the dialog's own words; null where the words for any problem will do. */
export const troubleOf = ({ code }: Pick<Problem, "code">): string | null => WORDS[code] ?? null;

/** Whether it is what was typed that is at fault. */
export const isOfTheKey = ({ code }: Pick<Problem, "code">): boolean => OF_THE_KEY.includes(code);

/** Returns for how many seconds no key is looked at, 0 where the next one is. */
export function waitOf({ code, retryAfterS = WAIT_S }: Problem): number {
  return code === "too_many_attempts" ? retryAfterS : 0;
}

/** Returns the whole seconds until the end, the one that has begun included; 0 from the end on. */
export const secondsLeft = (endMs: number, nowMs: number): number => Math.max(0, Math.ceil((endMs - nowMs) / 1000));
