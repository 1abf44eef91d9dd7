// Owns the last row: all models of the window together, hidden ones too.
import { useTranslation } from "react-i18next";
import { FigureCells, FiguresBelow } from "./FigureCells.tsx";
import type { Row } from "./rows.ts";

export function TotalRow({ total }: { total: Omit<Row, "model"> }) {
  const { t } = useTranslation("models");
  return (
    <tr className="border-line border-t font-medium">
      <th scope="row" className="py-1 pr-2 pl-4 text-left font-medium leading-7">
        <span className="whitespace-nowrap">{t("total")}</span>
        <FiguresBelow row={total} />
      </th>
      <FigureCells row={total} />
    </tr>
  );
}
