"""A hole in what is known is shown as a hole, with a word on why."""

import re

from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms
from tests.browser.states import with_a_gap

HOLE = re.compile("gap", re.IGNORECASE)


async def test_a_gap_is_told_in_words(stage: Stage, visit: Visit) -> None:
    await with_a_gap(stage)
    dashboard = await (await visit()).open()
    await expect(dashboard.page.get_by_role("main").get_by_text(HOLE).first).to_be_visible()


async def test_no_gap_is_told_where_there_is_none(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS), single(now_ms() - 50 * MINUTE_MS)])
    await dashboard.shows(points=2)
    await expect(dashboard.page.get_by_role("main").get_by_text(HOLE)).to_have_count(0)


async def test_a_gap_that_opens_while_the_page_is_open_is_told(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - 50 * MINUTE_MS)])
    await dashboard.shows(points=1)
    await stage.poll([single(now_ms() - MINUTE_MS)])
    await dashboard.shows(points=2)
    await expect(dashboard.page.get_by_role("main").get_by_text(HOLE).first).to_be_visible()
