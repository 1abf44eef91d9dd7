// Owns whether what is shown is fresh, in words and colour.
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes.ts";
import { useSelect } from "@/state/provider.tsx";

const DOTS = {
  open: "bg-ok",
  connecting: "bg-warn motion-safe:animate-pulse",
  closed: "bg-danger",
} as const;

export function Connection() {
  const { t } = useTranslation("top");
  const link = useSelect((state) => state.link);
  return (
    <p data-testid="connection" data-state={link} role="status" className="inline-flex items-center gap-2 font-medium">
      <span aria-hidden="true" className={classes("size-2 rounded-full", DOTS[link])} />
      {t(`connection_${link}`)}
    </p>
  );
}
