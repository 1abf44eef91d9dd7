// Owns the page's icon: another one tells of a dead cookie where only the tab can be seen.
import { useEffect } from "react";
import { useSelect } from "@/state/provider.tsx";

const ICON = "/favicon.svg";
const ALERT_ICON = "/favicon-alert.svg";

export function useIcon(): void {
  const href = useSelect((state) => (state.status?.task.state === "cookie_invalid" ? ALERT_ICON : ICON));

  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link && link.getAttribute("href") !== href) link.href = href;
  }, [href]);
}
