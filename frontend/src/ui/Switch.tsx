// Owns a switch: on or off, at once.
import { classes } from "@/lib/classes.ts";

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  busy?: boolean;
  disabled?: boolean;
  testId?: string;
}

export function Switch({ checked, onChange, label, busy = false, disabled = false, testId }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      aria-busy={busy || undefined}
      disabled={disabled}
      data-testid={testId}
      onClick={() => !busy && onChange(!checked)}
      className={classes(
        "relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border motion-safe:transition-colors",
        "disabled:cursor-not-allowed disabled:opacity-50",
        checked ? "border-transparent bg-accent" : "border-line-strong bg-sunken",
        busy && "opacity-70",
      )}
    >
      <span
        className={classes(
          "block size-4 rounded-full motion-safe:transition-transform",
          checked ? "translate-x-5 bg-on-accent" : "translate-x-1 bg-line-strong",
        )}
      />
    </button>
  );
}
