// Owns whether the page is light or dark.
import { useTranslation } from "react-i18next";
import type { Config } from "@/api/schemas.ts";
import { useActions, useConfig } from "@/state/provider.tsx";
import { Select } from "@/ui/Select.tsx";
import { Row } from "./Row.tsx";
import { useSaving } from "./useSaving.ts";

const THEMES = ["system", "light", "dark"] as const satisfies readonly Config["theme"][];

export function ThemeRow() {
  const { t } = useTranslation("settings");
  const { theme } = useConfig();
  const { patchConfig } = useActions();
  const { feedback, follow } = useSaving();
  return (
    <Row
      label={t("theme")}
      feedback={feedback}
      control={(ids) => (
        <Select
          {...ids}
          data-testid="theme-select"
          value={theme}
          onChange={({ target }) => void follow(patchConfig({ theme: target.value as Config["theme"] }))}
        >
          {THEMES.map((value) => (
            <option key={value} value={value}>
              {t(`theme-${value}`)}
            </option>
          ))}
        </Select>
      )}
    />
  );
}
