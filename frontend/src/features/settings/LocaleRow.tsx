// Owns which language the page speaks.
import { useTranslation } from "react-i18next";
import type { Config } from "@/api/schemas.ts";
import { useActions, useConfig } from "@/state/provider.tsx";
import { Select } from "@/ui/Select.tsx";
import { Row } from "./Row.tsx";
import { useSaving } from "./useSaving.ts";

export function LocaleRow() {
  const { t } = useTranslation("settings");
  const { locale } = useConfig();
  const { patchConfig } = useActions();
  const { feedback, follow } = useSaving();
  return (
    <Row
      label={t("locale")}
      feedback={feedback}
      control={(ids) => (
        <Select
          {...ids}
          data-testid="locale-select"
          value={locale}
          onChange={({ target }) => void follow(patchConfig({ locale: target.value as Config["locale"] }))}
        >
          <option value="auto">{t("localeAuto")}</option>
          <option value="zh-CN" lang="zh-CN">
            简体中文
          </option>
          <option value="en" lang="en">
            English
          </option>
        </Select>
      )}
    />
  );
}
