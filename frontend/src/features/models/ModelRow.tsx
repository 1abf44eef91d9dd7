// Owns one model's row: the toggle that is the chart's legend, and the model's figures.
import { EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Look } from "@/charts/palette.ts";
import { Swatch } from "@/charts/Swatch.tsx";
import { classes } from "@/lib/classes.ts";
import { FigureCells, FiguresBelow } from "./FigureCells.tsx";
import type { Row } from "./rows.ts";
import type { Hiding } from "./useHiding.ts";

interface ModelRowProps {
  row: Row;
  name: string;
  look: Look | undefined;
  alone: boolean;
  hiding: Hiding;
}

export function ModelRow({ row, name, look, alone, hiding }: ModelRowProps) {
  const { t } = useTranslation("models");
  const { model } = row;
  const drawn = !hiding.hidden.includes(model);
  return (
    <tr className={classes("group border-line border-t hover:bg-hover", !drawn && "text-faint hover:text-muted")}>
      <th scope="row" className="w-full max-w-0 py-1 pr-2 pl-2 text-left font-normal @2xl:w-auto @2xl:max-w-none">
        <span className="flex items-center">
          <button
            type="button"
            aria-pressed={drawn}
            title={`${model}\n${t("hint")}`}
            data-testid="model-toggle"
            data-model={model}
            onClick={(event) => hiding.click(model, event.detail)}
            onDoubleClick={() => hiding.doubleClick(model)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !event.shiftKey) return;
              event.preventDefault();
              hiding.solo(model);
            }}
            className="inline-flex min-h-7 min-w-0 items-center gap-2 rounded-md px-2 @2xl:shrink-0 pointer-coarse:min-h-10"
          >
            {drawn ? <Swatch look={look} /> : <EyeOff size={14} aria-hidden="true" className="shrink-0" />}
            <span className="select-none truncate @2xl:max-w-36 @2xl:shrink-0 @4xl:max-w-64">{name}</span>
          </button>
          <button
            type="button"
            onClick={() => hiding.solo(model)}
            aria-label={alone ? t("allLabel") : t("onlyLabel", { name })}
            className="min-h-6 shrink-0 rounded-md px-1.5 text-muted text-xs opacity-0 hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:min-h-10 pointer-coarse:opacity-100"
          >
            {alone ? t("all") : t("only")}
          </button>
        </span>
        <span className="block px-2">
          <FiguresBelow row={row} />
        </span>
      </th>
      <FigureCells row={row} bar={drawn ? look : undefined} />
    </tr>
  );
}
