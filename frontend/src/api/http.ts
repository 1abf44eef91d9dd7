// Owns how the server is asked: one request, its answer validated, whatever goes wrong as a value. Paths are its users'.
import * as v from "valibot";
import { type Result, UNREACHABLE, UNREADABLE } from "@/api/problem.ts";
import { ProblemSchema } from "@/api/schemas.ts";
import { parsedJson } from "@/lib/json.ts";

/** The relay's own answer to a check may take half a minute; nothing takes longer than this. */
const PATIENCE_MS = 90_000;

/** Returns what was answered, or what went wrong; never throws. */
export async function ask<S extends v.GenericSchema>(
  schema: S,
  method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Result<v.InferOutput<S>>> {
  const answer = await answered(method, path, body);
  if (!answer) return { ok: false, problem: UNREACHABLE };
  if (!answer.ok) {
    const parsed = v.safeParse(ProblemSchema, answer.json);
    if (!parsed.success) return { ok: false, problem: UNREADABLE };
    return { ok: false, problem: { ...parsed.output, retryAfterS: answer.retryAfterS } };
  }
  const parsed = v.safeParse(schema, answer.json);
  return parsed.success ? { ok: true, value: parsed.output } : { ok: false, problem: UNREADABLE };
}

async function answered(method: string, path: string, body: unknown) {
  const init: RequestInit = { method, signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" };
  if (body !== undefined) {
    init.headers = { "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(path, init);
    const text = await response.text();
    return { ok: response.ok, json: parsedJson(text), retryAfterS: secondsIn(response.headers.get("Retry-After")) };
  } catch (error) {
    // What fetch throws where there is no answer, or none in time.
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}

/** Of the two forms of Retry-After (RFC 9110, 10.2.3), the one in use here. */
function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}
