// Owns the session's endpoints: where the access key is given, and given up. The key goes out and is kept nowhere.
import * as v from "valibot";
import { ask } from "@/api/http.ts";
import { SessionSchema } from "@/api/schemas.ts";

/** An answer without a body. */
const Nothing = v.undefined();

export const openSession = (key: string) => ask(Nothing, "POST", "/api/session", { key });
export const endSession = () => ask(Nothing, "DELETE", "/api/session");
/** Whether a key is asked for here; `access_denied` where it has yet to be given. */
export const getSession = () => ask(SessionSchema, "GET", "/api/session");

export async function isDenied(): Promise<boolean> {
  const answer = await getSession();
  return !answer.ok && answer.problem.code === "access_denied";
}
