// Owns one figure of the row: its name, the number, what stands below it; and its four states.
import type { ReactNode, Ref } from "react";
import { classes } from "@/lib/classes.ts";

interface FigureProps {
  label: string;
  /** Null where there is none (yet). */
  value: ReactNode;
  unit: string;
  note: ReactNode;
  phase: "loading" | "ready" | "stale";
  ref?: Ref<HTMLDivElement>;
}

export function Figure({ label, value, unit, note, phase, ref }: FigureProps) {
  const loading = phase === "loading";
  return (
    <div ref={ref} className="flex min-w-0 flex-col bg-surface px-3 py-3 sm:px-5 sm:py-4">
      <dt className="truncate text-muted text-xs">{label}</dt>
      <dd
        aria-busy={loading || undefined}
        className={classes(
          "mt-1 flex flex-wrap items-baseline gap-x-1.5 font-semibold text-[22px] tabular-nums leading-8 tracking-tight sm:text-[28px] sm:leading-9",
          (phase === "stale" || value === null) && "text-muted",
        )}
      >
        {loading ? (
          <span className="my-1.5 h-5 w-24 rounded bg-sunken sm:h-6" />
        ) : (
          <>
            {value ?? "–"}
            {value !== null && <span className="font-normal text-muted text-xs tracking-normal">{unit}</span>}
          </>
        )}
      </dd>
      <dd className="mt-1 min-h-[2.25rem] text-muted sm:min-h-[1.125rem] lg:min-h-[2.25rem] xl:min-h-[1.125rem] text-xs tabular-nums leading-[1.125rem]">
        {note}
      </dd>
    </div>
  );
}
