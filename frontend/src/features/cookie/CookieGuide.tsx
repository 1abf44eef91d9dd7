// Owns how to get the cookie, step by step, in the words of the browser at hand.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Marked } from "@/ui/Marked.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { BROWSER_NAMES, BROWSERS, type Browser, browserOf } from "./browsers.ts";
import { DevToolsSketch } from "./DevToolsSketch.tsx";

/** Where the relay shows what was charged, unless `--upstream` names another one. */
const RELAY = "www.aicodemirror.com";
const USAGE_PAGE = "/dashboard/usage";

export function CookieGuide() {
  const { t } = useTranslation("cookie");
  const [browser, setBrowser] = useState<Browser>(() => browserOf(navigator.userAgent));
  const steps = ["guideOpen", "guideReload", "guideCopy"] as const;
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label={t("guideBrowser")}
        segments={BROWSERS.map((value) => ({ value, label: BROWSER_NAMES[value] }))}
        value={browser}
        onChange={setBrowser}
        className="max-w-full self-start overflow-x-auto"
      />
      <ol className="flex flex-col gap-2 text-[13px] leading-6">
        <Step number={1}>
          {t("guideSignIn")}{" "}
          <a
            href={`https://${RELAY}${USAGE_PAGE}`}
            target="_blank"
            rel="noreferrer"
            className="text-accent underline underline-offset-2"
          >
            {RELAY}
            <wbr />
            {USAGE_PAGE}
          </a>
        </Step>
        {steps.map((words, index) => (
          <Step key={words} number={index + 2}>
            <Marked text={t(words, { context: browser })} />
          </Step>
        ))}
      </ol>
      <DevToolsSketch browser={browser} />
      <p className="text-muted text-xs leading-5">
        <Marked text={t("guideHeader")} />
      </p>
    </div>
  );
}

function Step({ number, children }: { number: number; children: React.ReactNode }) {
  return (
    <li className="flex gap-2">
      <span aria-hidden="true" className="w-4 shrink-0 text-right text-muted tabular-nums">
        {number}.
      </span>
      <span className="min-w-0">{children}</span>
    </li>
  );
}
