// Owns the list of shortcuts, and the switch that turns single keys off. What they do is `useShortcuts`'.
import { useTranslation } from "react-i18next";
import { formatSpan } from "@/lib/format.ts";
import { Dialog } from "@/ui/Dialog.tsx";
import { Keys } from "@/ui/Keys.tsx";
import { Switch } from "@/ui/Switch.tsx";
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
            <List group="mode" />
          </div>
          <List group="range" />
        </div>
      </div>
    </Dialog>
  );
}

function List({ group }: { group: Group }) {
  const { t } = useTranslation("shortcuts");
  return (
    <section aria-label={t(`group-${group}`)}>
      <h3 className="mb-1.5 font-semibold text-[13px]">{t(`group-${group}`)}</h3>
      <dl className="text-[13px]">
        {SHORTCUTS[group].map(({ key, command }) => (
          <div key={key} className="flex flex-row-reverse items-center justify-between gap-4 py-1">
            <dt>
              <Keys name={key === "Escape" ? "Esc" : key} />
            </dt>
            <dd className="text-muted">
              <Words command={command} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Words({ command }: { command: Command }) {
  const { t } = useTranslation("shortcuts");
  if (command.does === "range") return t("range", { span: formatSpan(command.minutes * MINUTE_MS, t) });
  return command.does === "mode" ? t(`mode-${command.mode}`) : t(command.does);
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
