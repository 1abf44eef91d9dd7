// Owns the mark of the moment that is told of: a line with a dot on each model's line, or the bucket it stands for.
import type { Frame } from "@/charts/frame.ts";
import type { Look } from "@/charts/hues.ts";
import { xOf } from "@/charts/plot.ts";
import type { Reading } from "@/charts/reading.ts";

interface CrosshairProps {
  frame: Frame;
  reading: Reading;
  looks: ReadonlyMap<string, Look>;
}

const LEAST_BAND_PX = 3;

export function Crosshair({ frame, reading, looks }: CrosshairProps) {
  const { plot, drawing } = frame;
  const [from, to] = [xOf(plot, reading.span.fromMs), xOf(plot, reading.span.toMs)];
  const isBand = drawing.mode === "rate" && to - from >= LEAST_BAND_PX;
  return (
    <svg width={plot.width} height={plot.height} aria-hidden="true" className="pointer-events-none absolute inset-0">
      {isBand ? (
        <rect x={from} y={plot.top} width={to - from} height={plot.bottom - plot.top} className="fill-ink/8" />
      ) : (
        <line x1={reading.x} x2={reading.x} y1={plot.top} y2={plot.bottom} className="stroke-line-strong" />
      )}
      {!isBand &&
        reading.rows.map(({ model, x, y }) => (
          <circle
            key={model}
            cx={x}
            cy={y}
            r={4}
            fill={looks.get(model)?.color}
            className="stroke-surface"
            strokeWidth={1.5}
          />
        ))}
    </svg>
  );
}
