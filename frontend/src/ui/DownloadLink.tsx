// Owns a link that downloads: it looks like a button and is none, so that the browser's own menu works on it.
import { Download } from "lucide-react";
import type { AnchorHTMLAttributes } from "react";

interface DownloadLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  "data-testid"?: string;
}

export function DownloadLink({ children, ...rest }: DownloadLinkProps) {
  return (
    <a
      download
      {...rest}
      className="inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border border-line bg-surface px-3 font-medium text-[13px] text-ink hover:bg-hover pointer-coarse:h-10 motion-safe:transition-colors"
    >
      <Download size={14} aria-hidden="true" />
      {children}
    </a>
  );
}
