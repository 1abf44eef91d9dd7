// Owns when a new cookie is demanded: from the moment the relay refuses the one there is, until it takes another one or
// the person puts it off, which holds until the next one dies.
import { useState } from "react";
import { useSelect } from "@/state/provider.tsx";
import { verdictOf } from "./verdict.ts";

export interface CookieDemand {
  /** The relay refuses the cookie that there is, or has not said yet whether it takes the next one. */
  wanted: boolean;
  open: boolean;
  /** Brings it back after it was put off. */
  show: () => void;
  putOff: () => void;
}

export function useCookieDemand(): CookieDemand {
  const verdict = useSelect(({ status }) => (status ? verdictOf(status) : "fine"));
  const [wasWanted, setWanted] = useState(false);
  const [isPutOff, setPutOff] = useState(false);
  // While the relay is asked, what was demanded stays so, for the form has yet to tell how that ends.
  const wanted = verdict === "dead" || (verdict === "open" && wasWanted);
  if (wanted !== wasWanted) setWanted(wanted);
  if (isPutOff && !wanted) setPutOff(false);
  return { wanted, open: wanted && !isPutOff, show: () => setPutOff(false), putOff: () => setPutOff(true) };
}
