// Owns the top of the page: what this is, whether it is fresh, and what can be done at once.
import { CircleHelp, RefreshCw, Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useSelect } from "@/state/provider.tsx";
import { IconButton } from "@/ui/IconButton.tsx";
import { Switch } from "@/ui/Switch.tsx";
import { Connection } from "./Connection.tsx";
import { Mark } from "./Mark.tsx";
import { PollTimes } from "./PollTimes.tsx";
import type { TaskControls } from "./useTaskControls.ts";

interface TopBarProps {
  controls: TaskControls;
  onSettings: () => void;
  onShortcuts: () => void;
}

export function TopBar({ controls, onSettings, onShortcuts }: TopBarProps) {
  const { t } = useTranslation("top");
  const words = useProblemWords();
  const enabled = useSelect((state) => state.status?.task.enabled ?? false);
  const known = useSelect((state) => state.status !== null);
  const { outcome } = controls;
  return (
    <header className="border-line border-b bg-surface">
      <div className="mx-auto flex max-w-[120rem] flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2 text-[13px] sm:px-6">
        <h1 className="inline-flex items-center gap-2 font-semibold text-[15px] tracking-tight">
          <Mark />
          CCurve
        </h1>
        <Connection />
        <div className="order-last w-full min-w-0 sm:order-none sm:w-auto sm:flex-1">
          <PollTimes />
        </div>
        <p role="status" className="text-muted max-sm:order-last">
          {controls.refreshing ? t("refreshing") : outcome?.ok && t("new", { count: outcome.value.new })}
        </p>
        <div className="ml-auto flex items-center gap-1">
          <span className="mr-2 inline-flex items-center gap-2">
            <span aria-hidden="true" className="hidden text-muted sm:inline">
              {t("switch")}
            </span>
            <Switch
              checked={enabled}
              onChange={controls.setEnabled}
              label={t("switch")}
              busy={controls.switching}
              disabled={!known}
              testId="task-switch"
            />
          </span>
          <IconButton
            label={t("refresh")}
            icon={RefreshCw}
            busy={controls.refreshing}
            onClick={controls.refresh}
            data-testid="refresh-button"
          />
          <IconButton label={t("settings")} icon={Settings} onClick={onSettings} data-testid="settings-button" />
          <IconButton label={t("shortcuts")} icon={CircleHelp} onClick={onShortcuts} data-testid="shortcuts-button" />
        </div>
        {outcome && !outcome.ok && (
          <p role="alert" data-testid="top-problem" className="order-last w-full pb-1 text-danger">
            {words(outcome.problem)}
          </p>
        )}
      </div>
    </header>
  );
}
