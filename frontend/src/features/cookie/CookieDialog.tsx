// Owns the demand for a new cookie: since when the relay refuses the one there is, what is known, and the way out.
//
// It stands aside, so that the curve stays in sight. When it is shown is `useCookieDemand`'s.
import { useTranslation } from "react-i18next";
import { formatMoment } from "@/lib/format.ts";
import { useSelect, useZone } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Note } from "@/ui/Note.tsx";
import { CookieForm } from "./CookieForm.tsx";
import { CookieGuide } from "./CookieGuide.tsx";

interface CookieDialogProps {
  open: boolean;
  onClose: () => void;
}

export function CookieDialog({ open, onClose }: CookieDialogProps) {
  const { t } = useTranslation("cookie");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("demandTitle")}
      closeLabel={t("later")}
      testId="cookie-dialog"
      role="alertdialog"
      place="aside"
    >
      <Demand onLater={onClose} />
    </Dialog>
  );
}

function Demand({ onLater }: { onLater: () => void }) {
  const { t } = useTranslation("cookie");
  const isGone = useSelect((state) => state.link === "closed");
  return (
    <div className="flex flex-col gap-4">
      <p role="alert" className="text-[13px] leading-5">
        {t("demand")}
      </p>
      <Since />
      <CookieForm focused />
      {isGone && <Note tone="warn">{t("serverGone")}</Note>}
      <details className="rounded-md border border-line">
        <summary className="rounded-md px-3 py-1.5 font-medium text-[13px] hover:bg-hover">{t("guideTitle")}</summary>
        <div className="border-line border-t p-3">
          <CookieGuide />
        </div>
      </details>
      <div className="flex items-center justify-between gap-3">
        <p className="text-faint text-xs">{t("laterHint")}</p>
        <Button onClick={onLater}>{t("later")}</Button>
      </div>
    </div>
  );
}

/** What is known: since when it is refused, when the relay was last read, and the newest charge. */
function Since() {
  const { t } = useTranslation("cookie");
  const zone = useZone();
  const status = useSelect((state) => state.status);
  const { task, cookie, usage } = status ?? {};
  const refusedMs = task?.error?.code === "cookie_invalid" ? task.error.at : (cookie?.checkedAt ?? null);
  const rows = [
    ["refusedSince", refusedMs && formatMoment(refusedMs, zone)],
    ["lastRead", task?.lastSuccessAt && formatMoment(task.lastSuccessAt, zone)],
    ["lastCharge", usage?.latest?.time],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px]">
      {rows.map(
        ([words, value]) =>
          value && (
            <div key={words} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{t(words)}</dt>
              <dd className="tabular-nums">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
