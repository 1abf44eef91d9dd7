"""What leaves the page as a file is what is looked at."""

import csv
import io
import json
from pathlib import Path

from playwright.async_api import Locator

from tests.browser.charges import HOUR_MS, MINUTE_MS, single
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms


async def test_the_window_is_exported_as_csv(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, "12.5"), single(now_ms() - 5 * HOUR_MS, 700)])
    await dashboard.shows(total="12.5")
    settings = await dashboard.open_settings()
    name, text = await _downloaded(dashboard, settings.get_by_test_id("export-csv"))
    assert name.endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert [row["creditsUsed"] for row in rows] == ["12.5"]
    assert list(rows[0]) == ["id", "model", "creditsUsed", "createdAt", "time"]


async def test_the_export_follows_the_range(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, "12.5"), single(now_ms() - 5 * HOUR_MS, 700)])
    await dashboard.choose(360)
    await dashboard.shows(total="712.5")
    settings = await dashboard.open_settings()
    _, text = await _downloaded(dashboard, settings.get_by_test_id("export-csv"))
    assert text.strip().count("\n") == 2


async def test_the_window_is_exported_as_json(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, "12.5")])
    await dashboard.shows(total="12.5")
    name, text = await _downloaded(dashboard, dashboard.hook("window-export-json"))
    assert name.endswith(".json")
    assert "12.5" in json.dumps(json.loads(text))


async def _downloaded(dashboard: Dashboard, what: Locator) -> tuple[str, str]:
    """Click, and return the name and the text of what comes."""
    async with dashboard.page.expect_download() as coming:
        await what.click()
    download = await coming.value
    path = await download.path()
    return download.suggested_filename, Path(path).read_text(encoding="utf-8")
