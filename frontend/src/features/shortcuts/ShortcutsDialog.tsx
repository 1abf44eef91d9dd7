// Owns the list of shortcuts, and the switch that turns single keys off. What they do is `useShortcuts`'.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatSpan } from "@/lib/format.ts";
import { Dialog } from "@/ui/Dialog.tsx";
import { Keys } from "@/ui/Keys.tsx";
import { Switch } from "@/ui/Switch.tsx";
import { CHART_KEYS } from "./chartKeys.ts";
import { allowSingles, useSinglesAllowed } from "./preference.ts";
import { type Command, type Group, SHORTCUTS } from "./table.ts";

const MINUTE_MS = 60_000;

interface ShortcutsDialogProps {
  open: boolean;
  onClose: () => void;
}

export function ShortcutsDialog({ open, onClose }: ShortcutsDialogProps) {
  const { t } = useTranslation("shortcuts");
  return (
    <Dialog open={open} onClose={onClose} title={t("title")} closeLabel={t("close")} testId="shortcuts-dialog">
      <div className="flex flex-col gap-5">
        <Toggle />
        <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
          <div className="flex flex-col gap-5">
            <List group="page" />
            <ChartList />
          </div>
          <div className="flex flex-col gap-5">
            <List group="range" />
            <List group="mode" />
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function List({ group }: { group: Group }) {
  const { t } = useTranslation("shortcuts");
  return (
    <Titled title={t(`group-${group}`)}>
      {SHORTCUTS[group].map(({ key, command }) => (
        <Entry key={key} names={[key === "Escape" ? "Esc" : key]}>
          <Words command={command} />
        </Entry>
      ))}
    </Titled>
  );
}

function ChartList() {
  const { t } = useTranslation("shortcuts");
  return (
    <Titled title={t("group-chart")}>
      {CHART_KEYS.map(({ words, names }) => (
        <Entry key={words} names={names}>
          {t(words)}
        </Entry>
      ))}
    </Titled>
  );
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 font-semibold text-[13px]">{title}</h3>
      <dl className="text-[13px]">{children}</dl>
    </section>
  );
}

function Entry({ names, children }: { names: readonly string[]; children: ReactNode }) {
  return (
    <div className="flex flex-row-reverse items-center justify-between gap-4 py-1">
      <dt className="flex shrink-0 gap-1">
        {names.map((name) => (
          <Keys key={name} name={name} />
        ))}
      </dt>
      <dd className="text-muted">{children}</dd>
    </div>
  );
}

function Words({ command }: { command: Command }) {
  const { t } = useTranslation("shortcuts");
  if (command.does === "range") return t("range", { span: formatSpan(command.minutes * MINUTE_MS, t) });
  return command.does === "mode" ? t(`chart:mode_${command.mode}`) : t(command.does);
}

function Toggle() {
  const { t } = useTranslation("shortcuts");
  const allowed = useSinglesAllowed();
  return (
    <div className="flex items-center justify-between gap-6 rounded-md bg-sunken px-3 py-2.5">
      <div>
        <p className="font-medium text-[13px]">{t("singles")}</p>
        <p className="text-muted text-xs leading-5">{t("singlesHint")}</p>
      </div>
      <Switch checked={allowed} onChange={allowSingles} label={t("singles")} testId="shortcuts-switch" />
    </div>
  );
}
