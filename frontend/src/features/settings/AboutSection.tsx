// Owns what there is to know of this CCurve: its version, where it keeps things, how programs get at them.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSelect } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Marked } from "@/ui/Marked.tsx";
import { Section } from "./Section.tsx";

/** The per-user data directories that are taken where `--data-dir` names none. */
const DIRECTORIES = [
  ["Windows", "%LOCALAPPDATA%\\ccurve"],
  ["macOS", "~/Library/Application Support/ccurve"],
  ["Linux", "~/.local/share/ccurve"],
] as const;

const LINK = "text-accent underline underline-offset-2";

export function AboutSection({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation("settings");
  const version = useSelect((state) => state.status?.version);
  const isDemo = useSelect((state) => state.status?.demo ?? false);
  return (
    <Section title={t("about")}>
      <dl className="grid gap-3 text-[13px] leading-5">
        <Entry name={t("version")}>CCurve {version ?? "–"}</Entry>
        <Entry name={t("dataDir")}>
          <Marked text={t(isDemo ? "dataDirDemo" : "dataDirHint")} />
          {!isDemo && (
            <ul className="mt-1 flex flex-col gap-0.5 text-muted text-xs">
              {DIRECTORIES.map(([system, path]) => (
                <li key={system} className="grid grid-cols-[4.5rem_minmax(0,1fr)]">
                  {system} <code className="break-all font-mono">{path}</code>
                </li>
              ))}
            </ul>
          )}
        </Entry>
        <Entry name={t("interface")}>
          <Marked text={t("interfaceHint")} />
          <ul className="mt-1 flex gap-4 text-xs">
            {["/api/status", "/metrics"].map((path) => (
              <li key={path}>
                <a href={path} target="_blank" rel="noreferrer" className={LINK}>
                  {path}
                </a>
              </li>
            ))}
          </ul>
        </Entry>
        <Entry name={t("licence")}>MIT</Entry>
      </dl>
      <Button className="self-start" onClick={onShortcuts}>
        {t("shortcuts")}
      </Button>
    </Section>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
