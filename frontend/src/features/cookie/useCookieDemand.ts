// Owns when a new cookie is demanded: from the moment the relay refuses the one there is, until there is another one or
// the person puts it off, which holds until the next one dies.
import { useState } from "react";
import { useSelect } from "@/state/provider.tsx";

export interface CookieDemand {
  /** The relay refuses the cookie that there is. */
  wanted: boolean;
  open: boolean;
  /** Brings it back after it was put off. */
  show: () => void;
  putOff: () => void;
}

export function useCookieDemand(): CookieDemand {
  const dead = useSelect((state) => state.status?.task.state === "cookie_invalid");
  const [isPutOff, setPutOff] = useState(false);
  if (isPutOff && !dead) setPutOff(false);
  return { wanted: dead, open: dead && !isPutOff, show: () => setPutOff(false), putOff: () => setPutOff(true) };
}
