// Owns whose clock the page goes by.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatMoment } from "@/lib/format.ts";
import { zoneName } from "@/lib/zone.ts";
import { useActions, useConfig, useSelect, useZone } from "@/state/provider.tsx";
import { Select } from "@/ui/Select.tsx";
import { Row } from "./Row.tsx";
import { useSaving } from "./useSaving.ts";
import { zoneGroups } from "./zones.ts";

export function TimeZoneRow() {
  const { t } = useTranslation("settings");
  const { timeZone } = useConfig();
  const { patchConfig } = useActions();
  const { feedback, follow } = useSaving();
  const groups = useMemo(() => zoneGroups(Intl.supportedValuesOf("timeZone")), []);
  const isListed =
    timeZone === "local" ||
    timeZone === "UTC" ||
    groups.some(({ zones }) => zones.some(({ value }) => value === timeZone));
  return (
    <Row
      label={t("timeZone")}
      hint={<ClockThere />}
      feedback={feedback}
      control={(ids) => (
        <Select
          {...ids}
          data-testid="time-zone-select"
          value={timeZone}
          onChange={({ target }) => void follow(patchConfig({ timeZone: target.value }))}
        >
          <option value="local">{t("zoneLocal")}</option>
          <option value="UTC">UTC</option>
          {!isListed && <option value={timeZone}>{timeZone}</option>}
          {groups.map(({ region, zones }) => (
            <optgroup key={region} label={t(`region${region}`, { defaultValue: region })}>
              {zones.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      )}
    />
  );
}

function ClockThere() {
  const { t } = useTranslation("settings");
  const zone = useZone();
  const nowMs = useSelect((state) => state.nowMs);
  // Without the seconds: they would stand still.
  return (
    <span className="tabular-nums">
      {t("clockThere", { time: formatMoment(nowMs, zone).slice(0, -3), zone: zoneName(zone) })}
    </span>
  );
}
