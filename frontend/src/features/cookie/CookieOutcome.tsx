// Owns how it is told what became of a cookie that was saved: the relay's verdict, and the names that were found.
import { useTranslation } from "react-i18next";
import type { Cookie } from "@/api/schemas.ts";
import { Chips } from "@/ui/Chips.tsx";
import { Note } from "@/ui/Note.tsx";
import { outcomeOf } from "./outcome.ts";

export function CookieOutcome({ cookie }: { cookie: Cookie }) {
  const { t } = useTranslation("cookie");
  const { tone, words } = outcomeOf(cookie);
  return (
    <div className="flex flex-col gap-1.5">
      <Note tone={tone}>{t(words)}</Note>
      <Chips label={t("names")} names={cookie.names} />
    </div>
  );
}
