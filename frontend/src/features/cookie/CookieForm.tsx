// Owns the form that takes a cookie: hides what is pasted, has it saved and checked, and tells what came of it.
//
// The value stands in the field alone, never in the state or an attribute, and is gone once it is saved.
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "@/api/problem.ts";
import type { Cookie } from "@/api/schemas.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useActions, useSelect } from "@/state/provider.tsx";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { CookieOutcome } from "./CookieOutcome.tsx";

/** Nothing was pasted; said here, for no server needs to be asked. */
const NOTHING = { code: "cookie_unreadable", detail: "" };

interface CookieFormProps {
  inputTestId?: string;
  saveTestId?: string;
  /** Whether a dialog that opens around it puts the focus here. */
  focused?: boolean;
}

export function CookieForm({ inputTestId = "cookie-input", saveTestId = "cookie-save", focused }: CookieFormProps) {
  const { t, i18n } = useTranslation("cookie");
  const problemWords = useProblemWords();
  const { saveCookie } = useActions();
  const isReplaced = useSelect((state) => state.status?.cookie.present ?? false);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result<Cookie> | null>(null);
  const problem = result && !result.ok ? result.problem : null;

  async function save(event: FormEvent) {
    event.preventDefault();
    const input = field.current;
    if (busy || !input) return;
    if (input.value.trim() === "") {
      setResult({ ok: false, problem: NOTHING });
      input.focus();
      return;
    }
    setBusy(true);
    setResult(null);
    const answer = await saveCookie(input.value);
    setBusy(false);
    setResult(answer);
    if (answer.ok) input.value = "";
    else if (answer.problem.code === "cookie_unreadable") input.select(); // what is pasted next takes its place
  }

  /** A paste keeps its line breaks; the key itself saves, as people expect of a field with one button. */
  function submitOnEnter(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }

  return (
    <form ref={form} onSubmit={save} className="flex min-w-0 flex-col gap-2" noValidate>
      <Field
        label={t(isReplaced ? "labelNew" : "label")}
        hint={t("hint")}
        error={problem && (problem === NOTHING ? t("empty") : problemWords(problem))}
      >
        {(ids) => (
          <textarea
            {...ids}
            ref={(element) => {
              field.current = element;
              if (focused) element?.setAttribute("autofocus", ""); // read by the dialog when it opens
            }}
            name="cookie"
            rows={3}
            readOnly={busy}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            data-testid={inputTestId}
            onInput={() => problem && setResult(null)}
            onKeyDown={submitOnEnter}
            className="w-full resize-none break-all rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-ink text-xs leading-5 [-webkit-text-security:disc] aria-invalid:border-danger"
          />
        )}
      </Field>
      {problem?.code === "cookie_unreadable" && i18n.language !== "en" && (
        // What was seen in the paste, the server alone knows to say.
        <p lang="en" className="text-muted text-xs">
          {problem.detail}
        </p>
      )}
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <Button type="submit" variant="primary" busy={busy} data-testid={saveTestId}>
          {busy ? t("checking") : t("save")}
        </Button>
        <div role="status" className="min-w-0 flex-1 basis-48 self-center">
          {result?.ok && <CookieOutcome cookie={result.value} />}
        </div>
      </div>
    </form>
  );
}
