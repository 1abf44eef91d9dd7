// Owns what can go wrong between the page and the server, as values. The words for a person are `strings`'.

/** `code` is the contract's, or one of those that the page finds for itself, as below. */
export interface Problem {
  code: string;
  /** The server's own sentence, in English; empty where it said none. */
  detail: string;
  field?: string | undefined;
  /** For how many seconds nothing else is to be expected, where the server said so. */
  retryAfterS?: number | undefined;
}

/** There was no answer at all. */
export const UNREACHABLE: Problem = { code: "unreachable", detail: "" };
/** The answer is not the contract's. */
export const UNREADABLE: Problem = { code: "unreadable", detail: "" };
/** The access key was right, but the browser did not keep the session. */
export const NOT_KEPT: Problem = { code: "session_not_kept", detail: "" };

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };
