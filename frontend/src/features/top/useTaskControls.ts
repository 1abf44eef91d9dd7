// Owns the switch and the poll out of turn, as the top bar and the keyboard both use them: under way, and how it ended.
import { useCallback, useEffect, useState } from "react";
import type { Result } from "@/api/problem.ts";
import type { RefreshAnswer } from "@/api/schemas.ts";
import { useActions } from "@/state/provider.tsx";

/** So long is it told how many were new. */
const TOLD_MS = 8_000;

export interface TaskControls {
  switching: boolean;
  setEnabled: (enabled: boolean) => void;
  refreshing: boolean;
  refresh: () => void;
  /** How the last of them ended: what a refresh brought, or what went wrong with either. */
  outcome: Result<RefreshAnswer> | null;
}

export function useTaskControls(): TaskControls {
  const actions = useActions();
  const [switching, setSwitching] = useState(false);
  const [refreshing, setRefreshing] = useState(false);
  const [outcome, setOutcome] = useState<Result<RefreshAnswer> | null>(null);

  useEffect(() => {
    if (!outcome?.ok) return;
    const timer = setTimeout(() => setOutcome(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const setEnabled = useCallback(
    async (enabled: boolean) => {
      setSwitching(true);
      setOutcome(null);
      const problem = await actions.setEnabled(enabled);
      setSwitching(false);
      if (problem) setOutcome({ ok: false, problem });
    },
    [actions],
  );

  const refresh = useCallback(async () => {
    setRefreshing(true);
    setOutcome(null);
    setOutcome(await actions.refresh());
    setRefreshing(false);
  }, [actions]);

  return { switching, setEnabled, refreshing, refresh, outcome };
}
