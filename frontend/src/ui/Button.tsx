// Owns what a button looks like. What it does is its user's.
import { LoaderCircle } from "lucide-react";
import type { ButtonHTMLAttributes } from "react";
import { classes } from "@/lib/classes.ts";

const VARIANTS = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border-line bg-surface text-ink hover:bg-hover",
  ghost: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
  danger: "border-transparent bg-danger text-on-danger hover:opacity-90",
} as const;

const SIZES = {
  sm: "h-7 px-2 text-xs",
  md: "h-8 px-3 text-[13px] pointer-coarse:h-10",
} as const;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
  /** It goes on being focusable while it works, so that the keyboard's place is not lost. */
  busy?: boolean;
}

export function Button({
  variant = "secondary",
  size = "md",
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      {...rest}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={classes(
        "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium",
        "disabled:cursor-not-allowed disabled:opacity-50 motion-safe:transition-colors",
        VARIANTS[variant],
        SIZES[size],
        className,
      )}
    >
      {busy && <LoaderCircle size={14} aria-hidden="true" className="motion-safe:animate-spin" />}
      {children}
    </button>
  );
}
