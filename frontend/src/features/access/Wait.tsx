// Owns what is told after too many wrong keys: for how long none is looked at, and that the wait is over.
import { useTranslation } from "react-i18next";
import { formatSpan } from "@/lib/format.ts";
import { Note } from "@/ui/Note.tsx";

export function Wait({ leftS }: { leftS: number }) {
  const { t } = useTranslation("access");
  if (leftS === 0) return <Note tone="info">{t("again")}</Note>;
  return (
    <Note tone="warn">
      <p>{t("tooMany")}</p>
      {/* Heard with the rest when it begins; not each second, as an alert's words otherwise would be. */}
      <p role="timer" aria-live="off" className="tabular-nums">
        {t("wait", { span: formatSpan(leftS * 1000, t) })}
      </p>
    </Note>
  );
}
