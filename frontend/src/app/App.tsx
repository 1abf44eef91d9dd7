// Owns what is on the screen at all: the page, or the demand for the access key in place of it.
import { Locked } from "@/app/Locked.tsx";
import { Page } from "@/app/Page.tsx";
import { useDocument } from "@/app/useDocument.ts";
import { useIcon } from "@/app/useIcon.ts";
import { useTitle } from "@/app/useTitle.ts";
import { useSelect } from "@/state/provider.tsx";

export function App() {
  useDocument();
  useTitle();
  useIcon();
  return useSelect((state) => state.locked) ? <Locked /> : <Page />;
}
