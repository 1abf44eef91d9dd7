// Owns how often the relay is asked.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatSpan } from "@/lib/format.ts";
import { useActions, useConfig } from "@/state/provider.tsx";
import { Select } from "@/ui/Select.tsx";
import { INTERVAL_BOUNDS_S, INTERVALS_S, withPresent } from "./choices.ts";
import { OwnNumber } from "./OwnNumber.tsx";
import { Row } from "./Row.tsx";
import { useSaving } from "./useSaving.ts";

export function IntervalRow() {
  const { t } = useTranslation("settings");
  const { intervalSeconds } = useConfig();
  const { patchConfig } = useActions();
  const { feedback, follow } = useSaving();
  const [isOwn, setOwn] = useState(false);

  function choose(seconds: number) {
    setOwn(false);
    void follow(patchConfig({ intervalSeconds: seconds }));
  }

  return (
    <Row
      label={t("interval")}
      hint={t("intervalHint")}
      feedback={feedback}
      control={(ids) => (
        <Select
          {...ids}
          data-testid="interval-select"
          value={isOwn ? "own" : intervalSeconds}
          onChange={({ target }) => (target.value === "own" ? setOwn(true) : choose(Number(target.value)))}
        >
          {withPresent(INTERVALS_S, intervalSeconds).map((seconds) => (
            <option key={seconds} value={seconds}>
              {formatSpan(seconds * 1000, t)}
            </option>
          ))}
          <option value="own">{t("own")}</option>
        </Select>
      )}
    >
      {isOwn && (
        <OwnNumber
          label={t("intervalOwn")}
          bounds={INTERVAL_BOUNDS_S}
          present={intervalSeconds}
          testId="interval-own"
          onSet={choose}
          onCancel={() => setOwn(false)}
        />
      )}
    </Row>
  );
}
