// Owns how long charges are kept. Keeping them for less long deletes, so where there is something to delete it asks.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getSums } from "@/api/usage.ts";
import { formatCount } from "@/lib/format.ts";
import { useActions, useConfig, useSelect } from "@/state/provider.tsx";
import { Select } from "@/ui/Select.tsx";
import { RETENTION_BOUNDS_DAYS, RETENTIONS_DAYS, shortens, withPresent } from "./choices.ts";
import { OwnNumber } from "./OwnNumber.tsx";
import { Question } from "./Question.tsx";
import { Row } from "./Row.tsx";
import { NO_FEEDBACK, useSaving } from "./useSaving.ts";

const DAY_MS = 86_400_000;

/** `charges` is how many are older, null where that could not be found out. */
type Asking = { days: number; charges: number | null };

export function RetentionRow() {
  const { t } = useTranslation("settings");
  const { retentionDays } = useConfig();
  const { patchConfig } = useActions();
  const { feedback, follow } = useSaving();
  const records = useSelect((state) => state.status?.usage.records ?? 0);
  const [isOwn, setOwn] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);

  async function choose(days: number | null) {
    setOwn(false);
    setAsking(null);
    const charges = days !== null && shortens(days, retentionDays) ? await olderCharges(days) : 0;
    if (days !== null && charges !== 0) setAsking({ days, charges });
    else save(days);
  }

  function save(days: number | null) {
    setAsking(null);
    void follow(patchConfig({ retentionDays: days }));
  }

  function chosen(value: string) {
    if (value === "own") {
      setAsking(null);
      setOwn(true);
    } else void choose(value === "forever" ? null : Number(value));
  }

  const shown = isOwn ? "own" : (asking?.days ?? retentionDays ?? "forever");
  const present = asking?.days ?? retentionDays ?? RETENTIONS_DAYS[0];
  const age = t("age", { count: present, number: formatCount(present) });
  return (
    <Row
      label={t("retention")}
      hint={t("records", { count: records, number: formatCount(records) })}
      feedback={asking ? NO_FEEDBACK : feedback}
      control={(ids) => (
        <Select {...ids} data-testid="retention-select" value={shown} onChange={({ target }) => chosen(target.value)}>
          <option value="forever">{t("forever")}</option>
          {withPresent(RETENTIONS_DAYS, present).map((days) => (
            <option key={days} value={days}>
              {t("days", { count: days, number: formatCount(days) })}
            </option>
          ))}
          <option value="own">{t("own")}</option>
        </Select>
      )}
    >
      {isOwn && (
        <OwnNumber
          label={t("retentionOwn")}
          bounds={RETENTION_BOUNDS_DAYS}
          present={present}
          testId="retention-own"
          onSet={(days) => void choose(days)}
          onCancel={() => setOwn(false)}
        />
      )}
      {asking && (
        <Question
          yes={t("shortenYes")}
          no={t("shortenNo")}
          testId="retention-confirm"
          onYes={() => save(asking.days)}
          onNo={() => setAsking(null)}
        >
          {asking.charges === null
            ? t("shortenUncounted", { age })
            : t("shorten", {
                count: asking.charges,
                number: formatCount(asking.charges),
                age,
              })}
        </Question>
      )}
    </Row>
  );
}

async function olderCharges(days: number): Promise<number | null> {
  const answer = await getSums({ fromMs: 0, toMs: Date.now() - days * DAY_MS }, "auto");
  return answer.ok ? answer.value.models.reduce((sum, { requests }) => sum + requests, 0) : null;
}
