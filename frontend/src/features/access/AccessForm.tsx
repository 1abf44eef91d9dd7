// Owns the form that takes the access key, and what is told of one that did not open the page.
//
// The key stands in the field alone, never in the state or an attribute, and is gone with the dialog.
import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { Note } from "@/ui/Note.tsx";
import { isOfTheKey, NOTHING, troubleOf, waitOf } from "./trouble.ts";
import { useWait } from "./useWait.ts";
import { Wait } from "./Wait.tsx";

export function AccessForm() {
  const { t } = useTranslation("access");
  const problemWords = useProblemWords();
  const { signIn } = useActions();
  const field = useRef<HTMLInputElement>(null);
  const noteId = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [leftS, wait] = useWait();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = field.current;
    if (busy || leftS > 0 || !input) return;
    const key = input.value.trim();
    if (key === "") {
      setProblem(NOTHING);
      input.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    const refused = await signIn(key);
    setBusy(false);
    setProblem(refused);
    if (!refused) return;
    wait(waitOf(refused));
    input.focus();
    input.select(); // what is typed next takes its place
  }

  const told = problem && wordsOf(problem);
  function wordsOf(one: Problem): string {
    const words = troubleOf(one);
    return words === null ? problemWords(one) : t(words);
  }

  const isTooMany = problem !== null && waitOf(problem) > 0;
  const isWrong = problem !== null && isOfTheKey(problem);
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-3" noValidate>
      <Field label={t("label")} hint={t("hint")} error={isWrong ? told : null} noteId={noteId}>
        {(ids) => (
          <input
            {...ids}
            ref={(element) => {
              field.current = element;
              element?.setAttribute("autofocus", ""); // read by the dialog when it opens
            }}
            type="password"
            name="key"
            readOnly={busy}
            autoComplete="current-password"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            data-testid="access-input"
            onInput={() => leftS === 0 && setProblem(null)}
            className="h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 font-mono text-[13px] text-ink aria-invalid:border-danger pointer-coarse:h-10"
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        busy={busy}
        disabled={leftS > 0}
        className="self-start"
        data-testid="access-submit"
      >
        {busy ? t("checking") : t("submit")}
      </Button>
      <div id={noteId} role="alert" className="empty:hidden">
        {isTooMany && <Wait leftS={leftS} />}
        {!isTooMany && !isWrong && told && <Note tone="warn">{told}</Note>}
      </div>
    </form>
  );
}
