// Owns what can go wrong between the page and the server, as values. The words for a person are `strings`'.

/** `code` is the contract's, or `unreachable` (no answer at all), or `unreadable` (an answer that is not the contract's). */
export interface Problem {
  code: string;
  /** The server's own sentence, in English; empty where it said none. */
  detail: string;
  field?: string | undefined;
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };
