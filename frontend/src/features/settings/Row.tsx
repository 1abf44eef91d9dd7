// Owns one setting: what it is called, its control, and how the last change of it fared.
import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useProblemWords } from "@/lib/problem-words.ts";
import { Note } from "@/ui/Note.tsx";
import type { Feedback } from "./useSaving.ts";

interface RowProps {
  label: string;
  hint?: ReactNode;
  feedback: Feedback;
  control: (ids: { id: string; "aria-describedby": string | undefined }) => ReactNode;
  /** What belongs to the row and needs its whole width: a field, a question. */
  children?: ReactNode;
}

export function Row({ label, hint, feedback, control, children }: RowProps) {
  const { t } = useTranslation("settings");
  const words = useProblemWords();
  const id = useId();
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,15rem)] sm:items-center">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2">
            <label htmlFor={id} className="text-[13px]">
              {label}
            </label>
            <span role="status" className="text-ok text-xs">
              {feedback.state === "saved" && (
                <span className="inline-flex items-center gap-1">
                  <Check size={12} aria-hidden="true" />
                  {t("saved")}
                </span>
              )}
            </span>
          </div>
          {hint && (
            <p id={`${id}-hint`} className="text-muted text-xs leading-5">
              {hint}
            </p>
          )}
        </div>
        {control({ id, "aria-describedby": hint ? `${id}-hint` : undefined })}
      </div>
      <div role="alert" className="empty:hidden">
        {feedback.state === "refused" && (
          <Note tone="danger">
            {t("undone")} {words(feedback.problem)}
          </Note>
        )}
      </div>
      {children}
    </div>
  );
}
