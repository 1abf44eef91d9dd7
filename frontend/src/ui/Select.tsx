// Owns a native select: the platform's own list, keyboard and screen reader manners.
import { ChevronDown } from "lucide-react";
import type { SelectHTMLAttributes } from "react";
import { classes } from "@/lib/classes.ts";

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  "data-testid"?: string;
}

export function Select({ className, children, ...rest }: SelectProps) {
  return (
    <span className={classes("relative inline-flex", className)}>
      <select
        {...rest}
        className={classes(
          "h-8 w-full appearance-none truncate rounded-md border border-line-strong bg-surface pr-7 pl-2.5 text-[13px]",
          "text-ink hover:bg-hover disabled:opacity-50 pointer-coarse:h-10",
        )}
      >
        {children}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 text-muted"
      />
    </span>
  );
}
