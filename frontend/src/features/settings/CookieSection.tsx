// Owns what the settings tell of the cookie, its check and its deletion. The form that replaces it is the cookie's.
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem.ts";
import type { Cookie } from "@/api/schemas.ts";
import { formatMoment } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions, useSelect, useZone } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Chips } from "@/ui/Chips.tsx";
import { Note, type Tone } from "@/ui/Note.tsx";
import { Question } from "./Question.tsx";
import { Section } from "./Section.tsx";

type Told = { tone: Tone; words: string };

export function CookieSection({ form }: { form: ReactNode }) {
  const { t } = useTranslation("settings");
  const cookie = useSelect((state) => state.status?.cookie ?? null);
  return (
    <Section title={t("cookie")}>
      {cookie?.present ? <Stored cookie={cookie} /> : <Note tone="info">{t("cookieNone")}</Note>}
      {form}
    </Section>
  );
}

function Stored({ cookie }: { cookie: Cookie }) {
  const { t } = useTranslation("settings");
  const words = useProblemWords();
  const { checkCookie, deleteCookie } = useActions();
  const zone = useZone();
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState<"check" | "delete" | null>(null);
  const [told, setTold] = useState<Told | null>(null);

  const refused = (problem: Problem): Told => ({ tone: "danger", words: words(problem) });

  async function check() {
    setBusy("check");
    setTold(null);
    const answer = await checkCookie();
    setBusy(null);
    if (!answer.ok) setTold(refused(answer.problem));
    // A relay that could not be asked leaves what was known as it was.
    else if (answer.value.checkedAt === cookie.checkedAt) setTold({ tone: "warn", words: t("checkFailed") });
    else setTold({ tone: "ok", words: t("checked") });
  }

  async function remove() {
    setAsking(false);
    setBusy("delete");
    const answer = await deleteCookie();
    setBusy(null);
    if (!answer.ok) setTold(refused(answer.problem));
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1.5">
          <Verdict cookie={cookie} checkedAt={cookie.checkedAt && formatMoment(cookie.checkedAt, zone)} />
          <Chips label={t("cookieNames")} names={cookie.names} />
        </div>
        <div className="flex gap-2">
          <Button busy={busy === "check"} onClick={check} data-testid="cookie-check">
            {t("check")}
          </Button>
          <Button
            busy={busy === "delete"}
            aria-expanded={isAsking}
            onClick={() => setAsking(true)}
            data-testid="cookie-delete"
          >
            {t("delete")}
          </Button>
        </div>
      </div>
      <div role="status" className="empty:hidden">
        {told && <Note tone={told.tone}>{told.words}</Note>}
      </div>
      {isAsking && (
        <Question
          yes={t("deleteYes")}
          no={t("deleteNo")}
          testId="cookie-delete-confirm"
          onYes={remove}
          onNo={() => setAsking(false)}
        >
          {t("deleteQuestion")}
        </Question>
      )}
    </div>
  );
}

function Verdict({ cookie, checkedAt }: { cookie: Cookie; checkedAt: string | null | 0 }) {
  const { t } = useTranslation("settings");
  if (cookie.valid === null) return <Note tone="info">{t("cookieUnchecked")}</Note>;
  return (
    <Note tone={cookie.valid ? "ok" : "danger"}>
      {t(cookie.valid ? "cookieValid" : "cookieInvalid")}
      {checkedAt && <span className="text-muted tabular-nums"> {t("checkedAt", { time: checkedAt })}</span>}
    </Note>
  );
}
