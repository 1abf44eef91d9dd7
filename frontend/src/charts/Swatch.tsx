// Owns the sign of a model beside its name: its shape in its colour.
import { type Look, useLooks } from "@/charts/palette.ts";
import { SYMBOLS } from "@/charts/symbols.ts";

interface SwatchProps {
  /** Where it is at hand; else the model is enough. */
  look?: Look | undefined;
  model?: string;
}

const NONE: readonly string[] = [];

export function Swatch({ look, model }: SwatchProps) {
  const looks = useLooks(model === undefined ? NONE : [model]);
  const shown = look ?? (model === undefined ? undefined : looks.get(model));
  if (!shown) return null;
  return (
    <svg viewBox="-7 -7 14 14" width={14} height={14} aria-hidden="true" className="shrink-0">
      <path
        d={SYMBOLS[shown.symbol]}
        fill={shown.dash ? "none" : shown.color}
        stroke={shown.color}
        strokeWidth={shown.dash ? 2 : 1}
      />
    </svg>
  );
}
