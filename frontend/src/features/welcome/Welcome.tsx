// Owns the first visit: three steps from nothing to a curve. It goes when the status says that polling is on.
//
// How a cookie is got and the form that takes it are the cookie's; `app` puts them in.
import { FlaskConical, LockKeyhole } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useSelect } from "@/state/provider.tsx";
import { Card } from "@/ui/Card.tsx";
import { Marked } from "@/ui/Marked.tsx";
import { Step } from "./Step.tsx";
import { TurnOn } from "./TurnOn.tsx";

interface WelcomeProps {
  guide: ReactNode;
  form: ReactNode;
}

export function Welcome({ guide, form }: WelcomeProps) {
  const { t } = useTranslation("welcome");
  const titleId = useId();
  const cookie = useSelect((state) => state.status?.cookie);
  const hasCookie = cookie?.present === true && cookie.valid !== false;
  return (
    <Card aria-labelledby={titleId} data-testid="welcome" className="mx-auto w-full max-w-5xl p-5 sm:p-8">
      <h2 id={titleId} className="font-semibold text-xl">
        {t("title")}
      </h2>
      <p className="mt-1 text-muted text-sm">{t("subtitle")}</p>
      <ol className="mt-6 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)] lg:grid-rows-[auto_1fr]">
        <Step number={1} title={t("getTitle")} done={hasCookie} current={!hasCookie} className="lg:row-span-2">
          {guide}
        </Step>
        <Step number={2} title={t("pasteTitle")} done={hasCookie} current={!hasCookie}>
          {form}
          <p className="mt-3 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-muted text-xs leading-5">
            <LockKeyhole size={14} aria-hidden="true" className="mt-[3px] shrink-0" />
            {t("secret")}
          </p>
        </Step>
        <Step number={3} title={t("onTitle")} done={false} current={hasCookie}>
          <TurnOn ready={hasCookie} />
        </Step>
      </ol>
      <p className="mt-8 flex items-start gap-2 border-line border-t pt-4 text-muted text-xs leading-5">
        <FlaskConical size={14} aria-hidden="true" className="mt-[3px] shrink-0" />
        <span>
          <Marked text={t("demo")} />
        </span>
      </p>
    </Card>
  );
}
