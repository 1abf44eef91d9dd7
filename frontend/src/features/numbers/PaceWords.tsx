// Owns the words and the arrow for how the last hour compares with the hour before.
import { ArrowDown, ArrowUp, Equal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatCount } from "@/lib/format.ts";
import type { Pace } from "./pace.ts";

const ARROWS = { more: ArrowUp, times: ArrowUp, fresh: ArrowUp, less: ArrowDown, same: Equal, quiet: null } as const;

export function PaceWords({ pace }: { pace: Pace }) {
  const { t } = useTranslation("numbers");
  const Arrow = ARROWS[pace.kind];
  const figures = {
    percent: "share" in pace ? formatCount(pace.share * 100) : "",
    times: "times" in pace ? formatCount(pace.times) : "",
  };
  return (
    <span className="inline-flex items-start gap-1">
      {Arrow && <Arrow size={12} aria-hidden="true" className="mt-[3px] shrink-0" />}
      <span>{t(`pace_${pace.kind}`, figures)}</span>
    </span>
  );
}
