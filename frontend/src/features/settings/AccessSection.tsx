// Owns the way out, where an access key is asked for: it ends this browser's session, and every tab asks for the key.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Note } from "@/ui/Note.tsx";
import { Section } from "./Section.tsx";

export function AccessSection() {
  const { t } = useTranslation("settings");
  const words = useProblemWords();
  const { asksForKey, signOut } = useActions();
  const [isAsked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    let isShown = true;
    void asksForKey().then((asks) => isShown && setAsked(asks));
    return () => {
      isShown = false;
    };
  }, [asksForKey]);

  async function leave() {
    setBusy(true);
    setProblem(await signOut());
    setBusy(false);
  }

  if (!isAsked) return null;
  return (
    <Section title={t("access")}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="min-w-0 flex-1 basis-60 text-[13px] leading-5">{t("lockHint")}</p>
        <Button busy={busy} onClick={leave} data-testid="access-end">
          {t("lock")}
        </Button>
      </div>
      <div role="alert" className="empty:hidden">
        {problem && <Note tone="danger">{words(problem)}</Note>}
      </div>
    </Section>
  );
}
