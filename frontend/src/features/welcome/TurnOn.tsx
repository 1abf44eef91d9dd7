// Owns the last step of the welcome: the switch, once there is a cookie to poll with.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem.ts";
import { formatSpan } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions, useConfig, useSelect } from "@/state/provider.tsx";
import { Note } from "@/ui/Note.tsx";
import { Switch } from "@/ui/Switch.tsx";

export function TurnOn({ ready }: { ready: boolean }) {
  const { t } = useTranslation("welcome");
  const words = useProblemWords();
  const { setEnabled } = useActions();
  const { intervalSeconds } = useConfig();
  const enabled = useSelect((state) => state.status?.task.enabled ?? false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function turn(on: boolean) {
    setBusy(true);
    setProblem(await setEnabled(on));
    setBusy(false);
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        <Switch
          checked={enabled}
          onChange={turn}
          label={t("switch")}
          busy={busy}
          disabled={!ready && !enabled}
          testId="welcome-switch"
        />
        <p className="text-[13px]">
          {t(ready ? "onHint" : "notYet", { every: formatSpan(intervalSeconds * 1000, t) })}
        </p>
      </div>
      <div role="alert">{problem && <Note tone="danger">{words(problem)}</Note>}</div>
    </div>
  );
}
