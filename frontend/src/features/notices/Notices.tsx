// Owns what is told across the page: a demonstration, a server that is gone, a relay in trouble, a cookie that is wanted.
import { FlaskConical, KeyRound, PlugZap, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format.ts";
import { useProblemWords } from "@/lib/problem-words.ts";
import { useSelect, useZone } from "@/state/provider.tsx";
import { Banner } from "@/ui/Banner.tsx";
import { Button } from "@/ui/Button.tsx";

interface NoticesProps {
  onCookie: () => void;
}

export function Notices({ onCookie }: NoticesProps) {
  const { t } = useTranslation("notices");
  const status = useSelect((state) => state.status);
  const gone = useSelect((state) => state.link === "closed");
  const wanted =
    status?.task.state === "cookie_invalid"
      ? t("cookieInvalid")
      : status?.task.state === "cookie_missing"
        ? t("cookieMissing")
        : null;
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      {status?.demo && (
        <Banner tone="quiet" icon={FlaskConical} testId="demo-banner">
          {t("demo")}
        </Banner>
      )}
      {gone && <Gone />}
      {!gone && <Trouble />}
      {wanted && (
        <Banner
          tone="danger"
          icon={KeyRound}
          testId="cookie-banner"
          action={
            <Button size="sm" onClick={onCookie}>
              {t("giveCookie")}
            </Button>
          }
        >
          {wanted}
        </Banner>
      )}
    </div>
  );
}

function Gone() {
  const { t } = useTranslation("notices");
  const zone = useZone();
  const lostMs = useSelect((state) => state.lostMs);
  return (
    <Banner tone="warn" icon={PlugZap} testId="server-gone">
      {lostMs === null ? t("goneEarly") : t("gone", { time: formatClock(lostMs, zone) })}
    </Banner>
  );
}

/** What the last poll failed of, while it goes on being tried. A dead cookie has a line of its own. */
function Trouble() {
  const { t } = useTranslation("notices");
  const words = useProblemWords();
  const zone = useZone();
  const task = useSelect((state) => state.status?.task ?? null);
  if (!task?.error || task.state === "cookie_invalid" || task.state === "cookie_missing") return null;
  const { error, lastSuccessAt, nextPollAt } = task;
  const parts = [
    error.code.startsWith("upstream_") ? t("relay", { reason: words(error) }) : words(error),
    lastSuccessAt === null ? t("neverSuccess") : t("lastSuccess", { time: formatClock(lastSuccessAt, zone) }),
    nextPollAt !== null && t("nextTry", { time: formatClock(nextPollAt, zone) }),
  ];
  return (
    <Banner tone="warn" icon={TriangleAlert} testId="relay-down">
      <span className="tabular-nums">{parts.filter(Boolean).join(" · ")}</span>
    </Banner>
  );
}
