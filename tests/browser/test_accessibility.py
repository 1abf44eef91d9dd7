"""Everybody can use it: motion only where wanted, and what changes is said.

What axe finds in each state is `test_states`' matter.
"""

import re
from typing import Final

from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms
from tests.fakes.relay import USAGE, hang

ANYTHING: Final = re.compile(r"\S")


async def test_nothing_moves_for_who_wants_no_motion(stage: Stage, visit: Visit) -> None:
    await stage.give_cookie()
    stage.relay.behave(USAGE, hang)
    dashboard = await (await visit(reduced_motion="reduce")).open()
    await dashboard.refresh.click()
    await expect(dashboard.refresh).to_have_attribute("aria-busy", "true")
    assert await dashboard.page.evaluate("document.getAnimations().length") == 0


async def test_a_new_total_is_said_politely(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, 10)])
    await dashboard.shows(total="10")
    await stage.charge_now("2.5")
    await expect(dashboard.page.locator('[aria-live="polite"]').filter(has_text="12.5").first).to_be_attached()


async def test_the_demand_for_a_cookie_is_said_at_once(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([])
    await stage.kill_cookie()
    await expect(dashboard.demand).to_have_role("alertdialog")
    await expect(dashboard.demand).to_have_accessible_name(ANYTHING)
