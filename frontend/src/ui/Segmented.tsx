// Owns a row of buttons of which at most one is pressed.
import { classes } from "@/lib/classes.ts";

export interface Segment<T extends string> {
  value: T;
  label: string;
  testId?: string;
  /** The whole words, where the label is short. */
  title?: string;
}

interface SegmentedProps<T extends string> {
  label: string;
  segments: readonly Segment<T>[];
  value: T | null;
  onChange: (value: T) => void;
  className?: string;
}

export function Segmented<T extends string>({ label, segments, value, onChange, className }: SegmentedProps<T>) {
  return (
    <fieldset className={classes("inline-flex rounded-md border border-line bg-sunken p-0.5", className)}>
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === value}
          title={segment.title}
          data-testid={segment.testId}
          onClick={() => onChange(segment.value)}
          className={classes(
            "h-7 whitespace-nowrap rounded-[5px] border px-2.5 text-[13px] pointer-coarse:h-9",
            "motion-safe:transition-colors",
            segment.value === value
              ? "border-line bg-surface font-medium text-ink"
              : "border-transparent text-muted hover:text-ink",
          )}
        >
          {segment.label}
        </button>
      ))}
    </fieldset>
  );
}
