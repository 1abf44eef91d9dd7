// Owns the field for a number that is none of those offered, and tells what is wrong with one.
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatCount } from "@/lib/format.ts";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { type Bounds, wholeNumber } from "./choices.ts";
import { useBorrowedFocus } from "./useBorrowedFocus.ts";

interface OwnNumberProps {
  label: string;
  bounds: Bounds;
  present: number;
  testId: string;
  onSet: (value: number) => void;
  onCancel: () => void;
}

export function OwnNumber({ label, bounds, present, testId, onSet, onCancel }: OwnNumberProps) {
  const { t } = useTranslation("settings");
  const place = useBorrowedFocus<HTMLFormElement>();
  const [mistake, setMistake] = useState<string | null>(null);
  const [min, max] = [bounds.min, bounds.max].map((bound) => formatCount(bound));

  function set(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("number");
    const value = wholeNumber(typeof typed === "string" ? typed : "", bounds);
    if (value === null) setMistake(t("notInBounds", { min, max }));
    else onSet(value);
  }

  return (
    <form ref={place} onSubmit={set} noValidate className="rounded-md bg-sunken p-3">
      <Field label={label} hint={t("bounds", { min, max })} error={mistake}>
        {(ids) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...ids}
              name="number"
              type="number"
              inputMode="numeric"
              min={bounds.min}
              max={bounds.max}
              step={1}
              defaultValue={present}
              data-testid={testId}
              onInput={() => setMistake(null)}
              className="h-8 w-28 rounded-md border border-line-strong bg-surface px-2.5 text-[13px] text-ink tabular-nums aria-invalid:border-danger pointer-coarse:h-10"
            />
            <Button type="submit">{t("set")}</Button>
            <Button variant="ghost" onClick={onCancel}>
              {t("cancel")}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
