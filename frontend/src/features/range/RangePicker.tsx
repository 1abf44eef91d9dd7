// Owns the choice of what to look at: so many last minutes, or a stretch. What of it is remembered, the state knows.
import { CalendarRange } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes.ts";
import { formatSpan, formatStretch } from "@/lib/format.ts";
import { useActions, useConfig, useSelect, useShown, useZone } from "@/state/provider.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { StretchForm } from "./StretchForm.tsx";

const MINUTE_MS = 60_000;
const RANGES_MIN = [60, 120, 180, 360, 720, 1_440, 10_080, 43_200];

export function RangePicker() {
  const { t } = useTranslation("range");
  const { showLive, showFixed } = useActions();
  const zone = useZone();
  const { rangeMinutes } = useConfig();
  const fixed = useSelect((state) => state.fixed);
  const { fromMs, toMs } = useShown();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  useEffect(() => {
    if (!open) return;
    const closeBeyond = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeBeyond);
    document.addEventListener("focusin", closeBeyond);
    return () => {
      document.removeEventListener("pointerdown", closeBeyond);
      document.removeEventListener("focusin", closeBeyond);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div ref={box} className="relative flex flex-wrap items-center gap-2 max-sm:w-full">
      <Segmented
        label={t("label")}
        segments={RANGES_MIN.map((minutes) => ({
          value: String(minutes),
          label: formatSpan(minutes * MINUTE_MS, t),
          testId: `range-${minutes}`,
        }))}
        value={fixed ? null : String(rangeMinutes)}
        onChange={(minutes) => {
          setOpen(false);
          showLive(Number(minutes));
        }}
        className="max-sm:grid max-sm:w-full max-sm:grid-cols-4"
      />
      <button
        ref={opener}
        type="button"
        aria-pressed={fixed !== null}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        data-testid="range-custom"
        onClick={() => setOpen(!open)}
        className={classes(
          "inline-flex h-8 items-center gap-1.5 rounded-md border border-line px-2.5 text-[13px] pointer-coarse:h-10",
          "max-sm:w-full max-sm:justify-center",
          "hover:text-ink motion-safe:transition-colors",
          fixed ? "bg-surface font-medium text-ink" : "bg-sunken text-muted",
        )}
      >
        <CalendarRange size={14} aria-hidden="true" />
        <span className="tabular-nums">{fixed ? formatStretch(fixed.fromMs, fixed.toMs, zone) : t("custom")}</span>
      </button>
      {open && (
        <StretchForm
          id={panelId}
          fromMs={fromMs}
          toMs={toMs}
          zone={zone}
          onApply={(from, to) => {
            showFixed(from, to);
            close();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
