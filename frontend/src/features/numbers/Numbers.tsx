// Owns the row of figures: the last charge, the window, today, and the rate now. What they are, `state/figures` says.
import { useTranslation } from "react-i18next";
import { LastCharge } from "./LastCharge.tsx";
import { RateNow } from "./RateNow.tsx";
import { Today } from "./Today.tsx";
import { WindowTotal } from "./WindowTotal.tsx";

export function Numbers() {
  const { t } = useTranslation("numbers");
  return (
    <section aria-label={t("label")} className="overflow-hidden rounded-lg border border-line bg-line">
      <dl className="grid grid-cols-2 gap-px lg:grid-cols-4">
        <LastCharge />
        <WindowTotal />
        <Today />
        <RateNow />
      </dl>
    </section>
  );
}
