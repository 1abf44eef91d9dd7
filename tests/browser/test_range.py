"""The range: chosen, remembered, typed, and mistyped."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.browser.charges import HOUR_MS, MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms

SAMPLE = Path(__file__).parents[1] / "samples" / "usage.json"
ANYTHING = re.compile(r"\S")
RANGES_MIN = (60, 120, 180, 360, 720, 1440, 10_080, 43_200)


async def test_one_hour_is_where_it_begins(dashboard: Dashboard) -> None:
    await expect(dashboard.hook("range-60")).to_have_attribute("aria-pressed", "true")


async def test_each_range_shows_just_what_lies_in_it(stage: Stage, visit: Visit) -> None:
    # One charge halfway between each range and the one before: 1 in the shortest, one more in each longer one.
    halfway = [(shorter + longer) // 2 for shorter, longer in zip((0, *RANGES_MIN), RANGES_MIN, strict=False)]
    await stage.poll([single(now_ms() - minutes * MINUTE_MS, 10) for minutes in halfway])
    dashboard = await (await visit()).open()
    for count, minutes in enumerate(RANGES_MIN, start=1):
        await dashboard.choose(minutes)
        await dashboard.shows(total=str(10 * count), requests=count)


async def test_the_range_is_remembered_by_a_reload_and_by_the_server(
    dashboard: Dashboard, stage: Stage, visitor: Visitor
) -> None:
    visitor.watch.expect_silence()
    await stage.poll([single(now_ms() - 5 * HOUR_MS, 77)])
    await dashboard.choose(360)
    await dashboard.shows(total="77")
    await dashboard.page.reload()
    await expect(dashboard.hook("range-360")).to_have_attribute("aria-pressed", "true")
    await dashboard.shows(total="77")
    await stage.kill()
    await stage.start()
    await dashboard.page.reload()
    await expect(dashboard.hook("range-360")).to_have_attribute("aria-pressed", "true")
    assert (await stage.api.get("/api/config"))["rangeMinutes"] == 360


async def test_the_range_follows_what_another_tab_chooses(dashboard: Dashboard, visitor: Visitor) -> None:
    other = await visitor.open()
    await other.choose(180)
    await expect(dashboard.hook("range-180")).to_have_attribute("aria-pressed", "true")


@pytest.fixture
def sample(stage: Stage) -> Stage:
    """The relay holds the sample: 16 charges, 334 credits, in the summer of 2025."""
    stage.relay.records = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return stage


async def test_a_custom_range_shows_just_what_lies_in_it(sample: Stage, dashboard: Dashboard) -> None:
    await sample.poll()
    await _type(dashboard, sample, "2025-08-25T13:00", "2025-08-25T14:00")
    await dashboard.shows(total="334", requests=16, points=16)
    await expect(dashboard.hook("range-60")).to_have_attribute("aria-pressed", "false")
    await expect(dashboard.hook("range-custom")).to_have_attribute("aria-pressed", "true")
    await sample.charge_now(500)  # which is not of that time
    await expect(dashboard.current).to_contain_text("500")
    await dashboard.shows(total="334", requests=16)


async def test_a_preset_leads_back_from_a_custom_range(sample: Stage, dashboard: Dashboard) -> None:
    await sample.poll()
    await _type(dashboard, sample, "2025-08-25T13:00", "2025-08-25T14:00")
    await dashboard.shows(total="334")
    await dashboard.choose(60)
    await dashboard.shows(total="0", requests=0)
    await sample.charge_now(5)
    await dashboard.shows(total="5", requests=1)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-08-25T14:00", "2025-08-25T13:00"), ("2025-08-25T13:00", "2025-08-25T13:00"), ("", "2025-08-25T13:00")],
    ids=["backwards", "no length", "nothing"],
)
async def test_what_is_mistyped_is_told_and_changes_nothing(
    sample: Stage, dashboard: Dashboard, start: str, end: str
) -> None:
    await sample.poll()
    await _type(dashboard, sample, start, end)
    wrong = dashboard.page.locator('[data-testid="range-from"][aria-invalid="true"]').or_(
        dashboard.page.locator('[data-testid="range-to"][aria-invalid="true"]')
    )
    await expect(wrong.first).to_be_visible()
    await expect(wrong.first).to_have_accessible_description(ANYTHING)
    await expect(dashboard.hook("range-60")).to_have_attribute("aria-pressed", "true")
    await dashboard.shows(total="0")


async def _type(dashboard: Dashboard, stage: Stage, start: str, end: str) -> None:
    """Type a range that is given in UTC, as the clock of the person shows it."""
    await dashboard.hook("range-custom").click()
    for hook, utc in (("range-from", start), ("range-to", end)):
        await dashboard.hook(hook).fill(_local(utc, stage.zone))
    await dashboard.hook("range-apply").click()


def _local(utc: str, zone: str) -> str:
    if not utc:
        return ""
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
