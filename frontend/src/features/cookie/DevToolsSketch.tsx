// Owns a drawing of the browser's developer tools: where to look and what to choose. The words beside it say the same,
// so that nobody has to see it.
import { ChevronRight, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes.ts";
import type { Browser } from "./browsers.ts";

/** Requests of the relay's usage page, as the filter leaves them; the second is pointed at. */
const ROWS = [
  ["usage", "document"],
  ["usage", "fetch"],
  ["chart", "fetch"],
] as const;

export function DevToolsSketch({ browser }: { browser: Browser }) {
  const { t } = useTranslation("cookie");
  const word = (key: string) => t(key, { context: browser });
  const hasSubmenu = browser !== "safari";
  return (
    <div
      aria-hidden="true"
      className="select-none overflow-hidden rounded-md border border-line bg-canvas text-[11px] text-muted leading-4"
    >
      <div className="flex gap-3 border-line border-b bg-sunken px-3 pt-1.5">
        <span className="pb-1.5">{word("tabElements")}</span>
        <span className="pb-1.5">{t("tabConsole")}</span>
        <Pointed number={2} className="border-accent border-b-2 pb-1 font-medium text-ink">
          {t("tabNetwork")}
        </Pointed>
      </div>
      <div className="flex items-center gap-1.5 border-line border-b px-3 py-1">
        <Search size={11} />
        <Pointed number={3} className="text-ink">
          usage
        </Pointed>
      </div>
      <div className="relative min-h-28 pb-2">
        {ROWS.map(([name, kind], index) => (
          <div
            key={`${name} ${kind}`}
            className={classes("flex gap-4 px-3 py-0.5", index === 1 && "bg-accent-soft font-medium text-ink")}
          >
            <span className="w-14">{name}</span>
            <span>200</span>
            <span>{kind}</span>
          </div>
        ))}
        <div className="absolute top-9 left-3 flex items-start whitespace-nowrap sm:left-20">
          <div className="min-w-20 rounded border border-line bg-surface py-1 shadow-md">
            <div className="px-2 py-0.5">{t("menuOpen")}</div>
            {hasSubmenu ? (
              <div className="flex items-center justify-between gap-2 bg-accent-soft px-2 py-0.5 text-ink">
                {word("menuCopy")}
                <ChevronRight size={11} />
              </div>
            ) : (
              <Choice>{word("menuCurl")}</Choice>
            )}
          </div>
          {hasSubmenu && (
            <div className="mt-5 rounded border border-line bg-surface py-1 shadow-md">
              <Choice>{word("menuCurl")}</Choice>
              <div className="px-2 py-0.5">{word("menuOther")}</div>
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

function Choice({ children }: { children: React.ReactNode }) {
  return (
    <div className="bg-accent px-2 py-0.5 font-medium text-on-accent">
      <Pointed number={4}>{children}</Pointed>
    </div>
  );
}

/** What a step of the guide speaks of, with that step's number. */
function Pointed({ number, className, children }: { number: number; className?: string; children: React.ReactNode }) {
  return (
    <span className={classes("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      {children}
      <span className="inline-flex size-3.5 items-center justify-center rounded-full border border-current text-[9px] tabular-nums">
        {number}
      </span>
    </span>
  );
}
