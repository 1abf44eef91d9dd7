// Owns when somebody is taken by the hand: as long as nothing was ever recorded and nothing is being.
import type { Status } from "@/api/schemas.ts";

type Known = {
  demo: boolean;
  task: Pick<Status["task"], "enabled">;
  cookie: Pick<Status["cookie"], "present">;
  usage: Pick<Status["usage"], "records">;
};

/** A cookie alone is no end of it: what follows is turning on. A demonstration has all that it needs. */
export function isFirstVisit({ demo, task, cookie, usage }: Known): boolean {
  return !demo && usage.records === 0 && !(task.enabled && cookie.present);
}
