// Owns the thin bar of a share: the comparison at a glance. The figure itself stands beside it.
import type { Look } from "@/charts/palette.ts";

interface ShareBarProps {
  share: number;
  look: Look | undefined;
}

export function ShareBar({ share, look }: ShareBarProps) {
  return (
    <span className="mr-2 inline-block h-1 w-16 overflow-hidden rounded-full bg-sunken align-middle">
      <span className="block h-full rounded-full" style={{ width: `${share * 100}%`, backgroundColor: look?.color }} />
    </span>
  );
}
