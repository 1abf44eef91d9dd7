// Owns one step of the welcome: its number, its title, and whether it is done or next.
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes.ts";

interface StepProps {
  number: number;
  title: string;
  done: boolean;
  current: boolean;
  className?: string;
  children: ReactNode;
}

export function Step({ number, title, done, current, className, children }: StepProps) {
  const { t } = useTranslation("welcome");
  return (
    <li aria-current={current ? "step" : undefined} className={classes("min-w-0", className)}>
      <div className="mb-3 flex items-center gap-2.5">
        <span
          aria-hidden="true"
          className={classes(
            "flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs tabular-nums",
            done && "border-transparent bg-accent text-on-accent",
            !done && (current ? "border-accent text-accent" : "border-line-strong text-muted"),
          )}
        >
          {done ? <Check size={14} /> : number}
        </span>
        <h3 className="font-medium text-[15px]">{title}</h3>
        {done && <span className="text-ok text-xs">{t("done")}</span>}
      </div>
      <div className="sm:pl-8.5">{children}</div>
    </li>
  );
}
