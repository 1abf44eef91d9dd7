// Owns how what is not known looks: hatched, with a word where there is room for it. Why, the words below say.
import { useId } from "react";
import type { Frame } from "@/charts/frame.ts";
import { xOf } from "@/charts/plot.ts";
import type { Span } from "@/charts/span.ts";
import { textPx } from "@/charts/text.ts";

interface HolesProps {
  frame: Frame;
  holes: readonly Span[];
  label: string;
}

const LEAST_PX = 2;
const PADDING_PX = 12;

export function Holes({ frame: { plot }, holes, label }: HolesProps) {
  const id = useId();
  if (holes.length === 0) return null;
  return (
    <svg width={plot.width} height={plot.height} aria-hidden="true" className="pointer-events-none absolute inset-0">
      <defs>
        <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line y2={6} className="stroke-line-strong" strokeWidth={1.5} strokeOpacity={0.35} />
        </pattern>
      </defs>
      {holes.map(({ fromMs, toMs }) => {
        const from = Math.max(plot.left, xOf(plot, fromMs));
        const width = Math.max(LEAST_PX, Math.min(plot.right, xOf(plot, toMs)) - from);
        return (
          <g key={fromMs}>
            <rect x={from} y={plot.top} width={width} height={plot.bottom - plot.top} fill={`url(#${id})`} />
            {width > textPx(label) + PADDING_PX && (
              <text
                x={from + width / 2}
                y={plot.top + 16}
                textAnchor="middle"
                strokeWidth={4}
                className="fill-muted stroke-surface text-[11px] [paint-order:stroke]"
              >
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
