"""From a telephone to a wall: what is wanted most can be reached.

That nothing runs out of sight sideways, `test_states` holds for each state.
"""

import pytest
from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.stage import Stage, now_ms


@pytest.mark.parametrize("width", [360, 2560])
async def test_what_is_wanted_most_can_be_reached_at_the_ends(stage: Stage, visit: Visit, width: int) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS)])
    dashboard = await (await visit(viewport={"width": width, "height": 800})).open()
    await dashboard.shows(points=1)
    for hook in ("task-switch", "refresh-button", "settings-button", "current-value", "window-total", "usage-chart"):
        box = await dashboard.hook(hook).bounding_box()
        assert box is not None, hook
        assert box["x"] >= 0, hook
        assert box["x"] + box["width"] <= width, hook
    await dashboard.hook("settings-button").click()
    await expect(dashboard.settings.get_by_test_id("export-csv")).to_be_attached()


async def test_a_finger_finds_what_it_aims_at(stage: Stage, visit: Visit) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS)])
    dashboard = await (await visit(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)).open()
    await dashboard.shows(points=1)
    small = []
    for button in await dashboard.page.get_by_role("button").or_(dashboard.page.get_by_role("switch")).all():
        box = await button.bounding_box()
        if box is not None and min(box["width"], box["height"]) < 24:
            small.append(await button.evaluate("(button) => button.outerHTML.slice(0, 120)"))
    assert small == []
