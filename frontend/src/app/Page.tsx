// Owns the layout: which parts the page has, where, and what opens what. What they show is their own.
import { useState } from "react";
import { FirstVisit } from "@/app/FirstVisit.tsx";
import { Later } from "@/app/Later.tsx";
import { Region } from "@/app/Region.tsx";
import { Charges } from "@/features/charges/Charges.tsx";
import { ChartPanel } from "@/features/chart/ChartPanel.tsx";
import { CookieDialog } from "@/features/cookie/CookieDialog.tsx";
import { CookieForm } from "@/features/cookie/CookieForm.tsx";
import { useCookieDemand } from "@/features/cookie/useCookieDemand.ts";
import { ModelsTable } from "@/features/models/ModelsTable.tsx";
import { Notices } from "@/features/notices/Notices.tsx";
import { Numbers } from "@/features/numbers/Numbers.tsx";
import { RangePicker } from "@/features/range/RangePicker.tsx";
import { SettingsDialog } from "@/features/settings/SettingsDialog.tsx";
import { ShortcutsDialog } from "@/features/shortcuts/ShortcutsDialog.tsx";
import { useShortcuts } from "@/features/shortcuts/useShortcuts.ts";
import { TopBar } from "@/features/top/TopBar.tsx";
import { useTaskControls } from "@/features/top/useTaskControls.ts";
import { useFirstVisit } from "@/features/welcome/useFirstVisit.ts";
import { useSelect } from "@/state/provider.tsx";

export function Page() {
  const isFirstVisit = useFirstVisit();
  const controls = useTaskControls();
  const demand = useCookieDemand();
  const [open, setOpen] = useState<"settings" | "shortcuts" | null>(null);
  const enabled = useSelect((state) => state.status?.task.enabled ?? false);
  const close = () => setOpen(null);
  const showSettings = () => setOpen("settings");
  const showShortcuts = () => setOpen("shortcuts");

  useShortcuts({
    help: showShortcuts,
    settings: showSettings,
    refresh: controls.refresh,
    toggle: () => controls.setEnabled(!enabled),
  });

  return (
    <>
      <TopBar controls={controls} onSettings={showSettings} onShortcuts={showShortcuts} />
      <main tabIndex={-1} className="mx-auto flex max-w-[120rem] flex-col gap-4 px-3 py-4 outline-none sm:px-6">
        <Notices onCookie={demand.wanted ? demand.show : showSettings} />
        {isFirstVisit && (
          <Region>
            <FirstVisit />
          </Region>
        )}
        <Region>
          <Numbers />
        </Region>
        <Region>
          <ChartPanel>
            <RangePicker />
          </ChartPanel>
        </Region>
        <div className="grid items-start gap-4 *:min-w-0 xl:grid-cols-[3fr_2fr]">
          <Region>
            <Later>
              <ModelsTable />
            </Later>
          </Region>
          <Region>
            <Later>
              <Charges />
            </Later>
          </Region>
        </div>
      </main>
      <SettingsDialog
        open={open === "settings"}
        onClose={close}
        onShortcuts={showShortcuts}
        cookieForm={<CookieForm />}
      />
      <ShortcutsDialog open={open === "shortcuts"} onClose={close} />
      <CookieDialog open={demand.open} onClose={demand.putOff} />
    </>
  );
}
