// Owns how a change fares: on its way, saved, or refused and why. Undoing what was refused is the state's.
import { useRef, useState } from "react";
import type { Problem } from "@/api/problem.ts";

export type Feedback = { state: "none" } | { state: "saved" } | { state: "refused"; problem: Problem };

export const NO_FEEDBACK: Feedback = { state: "none" };

export interface Saving {
  feedback: Feedback;
  /** Waits for the answer to a change; where another was made meanwhile, only that one's answer is told. */
  follow: (answer: Promise<Problem | null>) => Promise<void>;
}

export function useSaving(): Saving {
  const [feedback, setFeedback] = useState<Feedback>(NO_FEEDBACK);
  const newest = useRef<Promise<Problem | null> | null>(null);

  async function follow(answer: Promise<Problem | null>) {
    newest.current = answer;
    setFeedback(NO_FEEDBACK);
    const problem = await answer;
    if (newest.current !== answer) return;
    setFeedback(problem ? { state: "refused", problem } : { state: "saved" });
  }

  return { feedback, follow };
}
