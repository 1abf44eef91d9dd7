// Owns whether the welcome is shown. False until the server has told how things stand.
import { useSelect } from "@/state/provider.tsx";
import { isFirstVisit } from "./firstVisit.ts";

export function useFirstVisit(): boolean {
  return useSelect(({ status }) => status !== null && isFirstVisit(status));
}
