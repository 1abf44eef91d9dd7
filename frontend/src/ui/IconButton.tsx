// Owns a button that shows a picture alone: its words are its name and its tooltip.
import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes } from "react";
import { classes } from "@/lib/classes.ts";

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label" | "title"> {
  label: string;
  icon: LucideIcon;
  /** Turns the picture while something is under way; the button stays focusable. */
  busy?: boolean;
}

export function IconButton({ label, icon: Icon, busy = false, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      {...rest}
      onClick={busy ? undefined : rest.onClick}
      className={classes(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink",
        "disabled:cursor-not-allowed disabled:opacity-50 motion-safe:transition-colors pointer-coarse:size-10",
        className,
      )}
    >
      <Icon size={16} aria-hidden="true" className={busy ? "motion-safe:animate-spin" : undefined} />
    </button>
  );
}
