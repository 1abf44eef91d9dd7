"""Many tabs: one stream for all, whoever closes; and a tab in the background tells what matters."""

import re

from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms

TABS = 10


async def test_ten_tabs_share_one_stream(stage: Stage, visitor: Visitor) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, 10)])
    tabs = [await visitor.open() for _ in range(TABS)]
    assert await stage.subscribers() == 1
    await stage.charge_now(5)
    for tab in tabs:
        await tab.shows(total="15", requests=2, points=2)


async def test_when_the_tab_that_has_the_stream_closes_another_takes_over(stage: Stage, visitor: Visitor) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, 10)])
    tabs = [await visitor.open() for _ in range(4)]
    for gone in range(1, 4):
        await tabs.pop(0).page.close()
        await stage.charge_now(1)
        for tab in tabs:
            await tab.live()
            await tab.shows(total=str(10 + gone), requests=1 + gone)


async def test_what_one_tab_changes_the_others_show(stage: Stage, visitor: Visitor) -> None:
    one, other = [await visitor.open() for _ in range(2)]
    await stage.give_cookie()
    await one.choose(180)
    await expect(other.hook("range-180")).to_have_attribute("aria-pressed", "true")
    await other.switch.click()
    await expect(one.switch).to_have_attribute("aria-checked", "true")


async def test_tabs_that_follow_lose_nothing_when_the_server_dies(stage: Stage, visitor: Visitor) -> None:
    visitor.watch.expect_silence()
    await stage.poll([single(now_ms() - MINUTE_MS, 10)])
    tabs = [await visitor.open() for _ in range(3)]
    await stage.kill()
    for tab in tabs:
        await expect(tab.connection).not_to_have_attribute("data-state", "open")
    await stage.start()
    await stage.charge_now(1)
    for tab in tabs:
        await tab.live()
        await tab.shows(total="11", requests=2, points=2)


async def test_the_title_tells_the_total_of_the_window(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, "12.5")])
    await expect(dashboard.page).to_have_title(re.compile(r"12\.5.*CCurve"))
    await stage.charge_now(30)
    await expect(dashboard.page).to_have_title(re.compile(r"42\.5.*CCurve"))


async def test_the_icon_tells_a_dead_cookie(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS)])
    await dashboard.shows(points=1)
    icon = dashboard.page.locator('link[rel="icon"]')
    well = await icon.get_attribute("href") or ""
    await stage.kill_cookie()
    await expect(icon).not_to_have_attribute("href", well)
    await stage.give_cookie("session=better")
    await expect(icon).to_have_attribute("href", well)
