// Owns the two fields of a stretch, and that a mistake is told at the field where it was made.
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { browserDateText, zoneName } from "@/lib/zone.ts";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { checked, type Mistakes } from "./stretch.ts";

/** Keeps browsers from taking a fifth digit for the year. */
const LATEST = "9999-12-31T23:59:59";
const SECOND_MS = 1000;

interface StretchFormProps {
  id: string;
  /** What the fields begin with. */
  fromMs: number;
  toMs: number;
  zone: string;
  onApply: (fromMs: number, toMs: number) => void;
  onClose: () => void;
}

export function StretchForm({ id, fromMs, toMs, zone, onApply, onClose }: StretchFormProps) {
  const { t } = useTranslation("range");
  const [mistakes, setMistakes] = useState<Mistakes>({});
  // The end is not part of the stretch, so it is rounded up.
  const [start] = useState({
    from: browserDateText(fromMs, zone),
    to: browserDateText(Math.ceil(toMs / SECOND_MS) * SECOND_MS, zone),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const result = checked({ from: String(typed.get("from")), to: String(typed.get("to")) }, zone, Date.now());
    if (result.ok) {
      onApply(result.fromMs, result.toMs);
      return;
    }
    setMistakes(result.mistakes);
    const wrong = form.elements.namedItem(result.mistakes.from ? "from" : "to");
    if (wrong instanceof HTMLElement) wrong.focus();
  }

  return (
    <form
      id={id}
      aria-label={t("custom")}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="absolute top-full right-0 z-20 mt-1.5 flex w-72 max-w-full flex-col gap-3 rounded-lg border border-line bg-surface p-4 shadow-lg max-sm:w-full"
    >
      {(["from", "to"] as const).map((end) => (
        <Field key={end} label={t(end)} error={mistakes[end] ? t(`mistake_${mistakes[end]}`) : null}>
          {(ids) => (
            <input
              {...ids}
              type="datetime-local"
              name={end}
              step={1}
              max={LATEST}
              defaultValue={start[end]}
              // biome-ignore lint/a11y/noAutofocus: the person has just asked for these fields
              autoFocus={end === "from"}
              data-testid={`range-${end}`}
              className="h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-[13px] tabular-nums aria-invalid:border-danger pointer-coarse:h-10"
            />
          )}
        </Field>
      ))}
      <div className="flex items-end justify-between gap-3">
        <p className="text-muted text-xs">{t("zone", { zone: zoneName(zone) })}</p>
        <Button type="submit" variant="primary" data-testid="range-apply">
          {t("apply")}
        </Button>
      </div>
    </form>
  );
}
