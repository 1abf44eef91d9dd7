// Owns how components get at the state and the actions. What the state is, is `model`'s.
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Config } from "@/api/schemas.ts";
import type { Actions } from "@/state/actions.ts";
import { configOf, zoneOf } from "@/state/config.ts";
import type { State } from "@/state/model.ts";
import { type Shown, shownOf, standingOf } from "@/state/shown.ts";
import type { Store } from "@/state/store.ts";

interface Provided {
  store: Store;
  actions: Actions;
}

const Context = createContext<Provided | null>(null);

export function StateProvider({ store, actions, children }: Provided & { children: ReactNode }) {
  return <Context value={{ store, actions }}>{children}</Context>;
}

function useProvided(): Provided {
  const provided = useContext(Context);
  if (!provided) throw new Error("Outside of a StateProvider");
  return provided;
}

/** Renders again when what is selected changes by identity: `select` must return what the state holds, or a primitive. */
export function useSelect<T>(select: (state: State) => T): T {
  const { store } = useProvided();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export const useActions = (): Actions => useProvided().actions;
export const useConfig = (): Config => useSelect(configOf);
export const useZone = (): string => useSelect(zoneOf);
export const useShown = (): Shown => useSelect(shownOf);
/** As `useShown`, for what does not depend on the axis. */
export const useStanding = (): Shown => useSelect(standingOf);
