// Owns the form that takes the access key, and what is told of one that did not open the page.
//
// The key stands in the field alone, never in the state or an attribute, and is gone with the dialog.
import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, UNREACHABLE } from "@/api/problem.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions, useSelect } from "@/state/provider.tsx";
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
  const isGone = useSelect((state) => state.link === "closed");

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

  function wordsOf(one: Problem): string {
    const words = troubleOf(one);
    return words === null ? problemWords(one) : t(words);
  }

  function noteOf(one: Problem) {
    if (waitOf(one) > 0) return <Wait leftS={leftS} />;
    // The whole dialog tells of a server that is gone; here it is told that it is back.
    if (one === UNREACHABLE) return isGone ? null : <Note tone="info">{t("again")}</Note>;
    return isOfTheKey(one) ? null : <Note tone="warn">{wordsOf(one)}</Note>;
  }

  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-3" noValidate>
      <Field
        label={t("label")}
        hint={t("hint")}
        error={problem && isOfTheKey(problem) ? wordsOf(problem) : null}
        noteId={noteId}
      >
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
        {problem && noteOf(problem)}
      </div>
    </form>
  );
}
