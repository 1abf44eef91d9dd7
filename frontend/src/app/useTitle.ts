// Owns the document's title: the window's total, to be read in the tab of a page that is not in front.
import { useEffect } from "react";
import { formatCredits } from "@/lib/format.ts";
import { sumOf } from "@/state/figures.ts";
import { useSelect } from "@/state/provider.tsx";
import { shownOf } from "@/state/shown.ts";

const NAME = "CCurve";
/** A tab has room for two digits behind the point. */
const FINEST_MICROS = 10_000;

export function useTitle(): void {
  const micros = useSelect((state) => {
    const { phase, totals } = shownOf(state);
    return phase === "loading" || phase === "failed" ? null : sumOf(totals).micros;
  });
  const rounded = micros === null ? null : Math.round(micros / FINEST_MICROS) * FINEST_MICROS;
  const title = rounded === null ? NAME : `${formatCredits(rounded)} · ${NAME}`;

  useEffect(() => {
    document.title = title;
  }, [title]);
}
