// Owns the row of a stretch of which nothing is known.
import { useTranslation } from "react-i18next";
import { formatStretch } from "@/lib/format.ts";

interface HoleRowProps {
  fromMs: number;
  toMs: number;
  columns: number;
  zone: string;
}

export function HoleRow({ fromMs, toMs, columns, zone }: HoleRowProps) {
  const { t } = useTranslation("charges");
  return (
    <tr className="border-line border-t bg-sunken text-muted">
      <td colSpan={columns} className="px-4 py-1.5 leading-5">
        {t("gap", { time: formatStretch(fromMs, toMs, zone) })}
      </td>
    </tr>
  );
}
