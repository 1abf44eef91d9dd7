// Owns how far back the page looks when it is opened.
import { useTranslation } from "react-i18next";
import { formatSpan } from "@/lib/format.ts";
import { useActions, useConfig } from "@/state/provider.tsx";
import { Select } from "@/ui/Select.tsx";
import { RANGES_MIN, withPresent } from "./choices.ts";
import { Row } from "./Row.tsx";
import { useSaving } from "./useSaving.ts";

const MINUTE_MS = 60_000;

export function RangeRow() {
  const { t } = useTranslation("settings");
  const { rangeMinutes } = useConfig();
  const { patchConfig } = useActions();
  const { feedback, follow } = useSaving();
  return (
    <Row
      label={t("range")}
      hint={t("rangeHint")}
      feedback={feedback}
      control={(ids) => (
        <Select
          {...ids}
          data-testid="range-select"
          value={rangeMinutes}
          onChange={({ target }) => void follow(patchConfig({ rangeMinutes: Number(target.value) }))}
        >
          {withPresent(RANGES_MIN, rangeMinutes).map((minutes) => (
            <option key={minutes} value={minutes}>
              {formatSpan(minutes * MINUTE_MS, t)}
            </option>
          ))}
        </Select>
      )}
    />
  );
}
