// Owns what the status says of the cookie as far as a demand for a new one goes: a pure function.
import type { Status } from "@/api/schemas.ts";

type Known = {
  task: Pick<Status["task"], "state" | "enabled" | "error">;
  cookie: Pick<Status["cookie"], "present" | "valid">;
};

/**
 * `dead`: the relay refuses it, and polling has stopped. `open`: another one was given, and the relay is being asked
 * whether it takes that. A relay that cannot be asked has trouble of its own, and demands nothing.
 */
export type Verdict = "dead" | "open" | "fine";

export function verdictOf({ task, cookie }: Known): Verdict {
  if (task.state === "cookie_invalid") return "dead";
  return task.enabled && cookie.present && cookie.valid === null && task.error === null ? "open" : "fine";
}
