// Owns what is on the screen at all: the page, or the demand for the access key in place of it.
import { Locked } from "@/app/Locked.tsx";
import { Page } from "@/app/Page.tsx";
import { useDocument } from "@/app/useDocument.ts";
import { useIcon } from "@/app/useIcon.ts";
import { useTitle } from "@/app/useTitle.ts";
import { useSelect } from "@/state/provider.tsx";
import { isVeiled } from "@/state/veil.ts";

export function App() {
  useDocument();
  useTitle();
  useIcon();
  const isLocked = useSelect((state) => state.locked);
  const isHidden = useSelect(isVeiled);
  if (isLocked) return <Locked />;
  // Made ready all the same, so that it loses no time by not being seen yet.
  return (
    <div className={isHidden ? "veiled" : undefined}>
      <Page />
    </div>
  );
}
