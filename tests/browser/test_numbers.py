"""The numbers: the last charge, the window, exact to the millionth, in the person's own time."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from tests.browser.charges import HAIKU, HOUR_MS, MINUTE_MS, OPUS, SONNET, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor, value
from tests.browser.stage import Stage, now_ms


async def test_a_charge_appears_the_moment_it_is_polled(dashboard: Dashboard, stage: Stage) -> None:
    await stage.poll([single(now_ms() - 3 * MINUTE_MS, 30)])
    await dashboard.shows(total="30", requests=1)
    await stage.charge_now("12.5", model=OPUS)
    await dashboard.shows(total="42.5", requests=2, points=2)
    await expect(dashboard.current).to_contain_text("12.5")
    await expect(dashboard.page.get_by_text("opus-4-1").first).to_be_visible()


async def test_the_last_charge_is_told_with_its_time_in_the_persons_zone(stage: Stage, visit: Visit) -> None:
    at_ms = now_ms() - 5 * MINUTE_MS
    await stage.poll([single(at_ms)])
    dashboard = await (await visit()).open()
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(stage.zone))
    await expect(dashboard.hook("current-time")).to_have_text(f"{local:%Y-%m-%d %H:%M:%S}")


async def test_times_follow_the_zone_that_is_configured(stage: Stage, dashboard: Dashboard) -> None:
    at_ms = now_ms() - 5 * MINUTE_MS
    await stage.poll([single(at_ms)])
    await stage.configure(timeZone="Asia/Kathmandu")
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo("Asia/Kathmandu"))
    await expect(dashboard.hook("current-time")).to_have_text(f"{local:%Y-%m-%d %H:%M:%S}")


async def test_decimals_do_not_drift(dashboard: Dashboard, stage: Stage) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, amount) for amount in ("0.1", "0.2", "0.000001", 1_234_567)])
    await dashboard.shows(total="1234567.300001", requests=4)


async def test_a_corrected_amount_replaces_the_old_one(dashboard: Dashboard, stage: Stage) -> None:
    charge = await _one(stage)
    await dashboard.shows(total="9", requests=1)
    charge["creditsUsed"] = 11
    await stage.refresh()
    await dashboard.shows(total="11", requests=1, points=1)
    await expect(dashboard.current).to_contain_text("11")


async def test_the_numbers_are_those_of_the_server(stage: Stage, visit: Visit) -> None:
    rows = [(80, 5, SONNET), (50, 7, HAIKU), (40, "0.25", SONNET), (1, 60, OPUS)]
    await stage.poll([single(now_ms() - ago * MINUTE_MS, amount, model) for ago, amount, model in reversed(rows)])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="67.25", requests=3)
    usage = await stage.api.get("/api/usage?range=60")
    assert sum(total["credits"] for total in usage["models"]) == 67.25
    await dashboard.choose(120)
    await dashboard.shows(total="72.25", requests=4)


async def test_a_charge_of_yesterday_is_not_of_today(stage: Stage, visit: Visit) -> None:
    await stage.poll([single(now_ms() - 2 * HOUR_MS, 31), single(now_ms() - 17 * HOUR_MS, 600)])
    dashboard = await (await visit()).open()
    today = dashboard.page.get_by_text(re.compile(r"\btoday\b", re.IGNORECASE)).first
    await expect(today.locator("xpath=ancestor-or-self::*[contains(., '31')][1]")).to_be_visible()
    assert value(await dashboard.total.inner_text()) == 0


async def test_nothing_is_called_nothing_and_not_zero_charges_of_something(
    dashboard: Dashboard, visitor: Visitor, stage: Stage
) -> None:
    await stage.poll([])
    await dashboard.shows(total="0", requests=0, points=0)
    await expect(dashboard.chart).to_have_attribute("data-series", "")
    assert visitor.watch.complaints() == []


async def _one(stage: Stage) -> dict[str, object]:
    charge = single(now_ms() - MINUTE_MS)
    await stage.poll([charge])
    return charge
