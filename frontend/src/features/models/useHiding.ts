// Owns what clicks on models do: hide, show, that one alone. It is the configuration that remembers it.
import { useRef, useState } from "react";
import type { Problem } from "@/api/problem.ts";
import { useActions, useConfig } from "@/state/provider.tsx";
import { soloed, toggled } from "./hidden.ts";

export interface Hiding {
  hidden: readonly string[];
  /** Why the last change was refused. */
  problem: Problem | null;
  /** `clicks` is how many came in a row: it counts within a double click. */
  click: (model: string, clicks: number) => void;
  doubleClick: (model: string) => void;
  solo: (model: string) => void;
  showAll: () => void;
}

export function useHiding(models: readonly string[]): Hiding {
  const { hiddenModels: hidden } = useConfig();
  const { patchConfig } = useActions();
  const [problem, setProblem] = useState<Problem | null>(null);
  const beforeClick = useRef(hidden);

  const hide = async (hiddenModels: string[]) => setProblem(await patchConfig({ hiddenModels }));
  return {
    hidden,
    problem,
    // A click acts at once. Should it turn out to be half of a double click, that starts from what was before it.
    click: (model, clicks) => {
      if (clicks > 1) return;
      beforeClick.current = hidden;
      void hide(toggled(hidden, model));
    },
    doubleClick: (model) => void hide(soloed(beforeClick.current, model, models)),
    solo: (model) => void hide(soloed(hidden, model, models)),
    showAll: () => void hide([]),
  };
}
