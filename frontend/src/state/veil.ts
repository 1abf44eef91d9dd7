// Owns whether the page may be seen yet: a pure function of the state. `style.css` lifts the veil after a while.
import type { State } from "@/state/model.ts";

/** Not before it is known that no access key has to be given, or that nobody answers who could say so. */
export const isVeiled = ({ locked, link }: State): boolean => locked === null && link === "connecting";
