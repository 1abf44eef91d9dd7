// Owns the thin bar of a share: the comparison at a glance. The figure itself stands beside it.
import type { Look } from "@/charts/palette.ts";

interface ShareBarProps {
  share: number;
  look: Look | undefined;
}

export function ShareBar({ share, look }: ShareBarProps) {
  return (
    <span className="h-1.5 min-w-6 flex-1 overflow-hidden rounded-full bg-sunken">
      <span className="block h-full rounded-full" style={{ width: `${share * 100}%`, backgroundColor: look?.color }} />
    </span>
  );
}
