// Owns the form that takes the access key, and what is told of one that does not fit.
//
// The key stands in the field alone, never in the state or an attribute, and is gone with the dialog.
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { troubleOf } from "./trouble.ts";

/** Nothing was typed; said here, for no server needs to be asked. */
const NOTHING = { code: "empty", detail: "" };

export function AccessForm() {
  const { t } = useTranslation("access");
  const problemWords = useProblemWords();
  const { signIn } = useActions();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = field.current;
    if (busy || !input) return;
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
    if (refused) input.select(); // what is typed next takes its place
  }

  function wordsOf(told: Problem): string {
    const words = told === NOTHING ? "empty" : troubleOf(told);
    return words === null ? problemWords(told) : t(words);
  }

  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-3" noValidate>
      <Field label={t("label")} hint={t("hint")} error={problem && wordsOf(problem)}>
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
            onInput={() => problem && setProblem(null)}
            className="h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 font-mono text-[13px] text-ink aria-invalid:border-danger pointer-coarse:h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="self-start" data-testid="access-submit">
        {busy ? t("checking") : t("submit")}
      </Button>
    </form>
  );
}
