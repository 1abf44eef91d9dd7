// Owns the demand for the access key: nothing else is on the page while it is shown, and it goes only with the key.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useSelect } from "@/state/provider.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Note } from "@/ui/Note.tsx";
import { AccessForm } from "./AccessForm.tsx";

export function AccessDialog() {
  const { t } = useTranslation("access");
  const isGone = useSelect((state) => state.link === "closed");
  const demandId = useId();
  return (
    <Dialog open title={t("title")} describedBy={demandId} testId="access-dialog" role="alertdialog" place="alone">
      <div className="flex flex-col gap-4">
        <p id={demandId} className="text-[13px] leading-5">
          {t("demand")}
        </p>
        <AccessForm />
        <div role="status" className="empty:hidden">
          {isGone && <Note tone="warn">{t("serverGone")}</Note>}
        </div>
      </div>
    </Dialog>
  );
}
