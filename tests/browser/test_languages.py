"""Which language and which theme the page is in.

That a language is whole, `test_states` holds for each state.
"""

import re
from itertools import pairwise
from typing import Final

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Theme
from tests.browser.stage import Stage

THEMES: Final[tuple[Theme, ...]] = ("light", "dark", "light")


async def test_the_page_follows_the_browsers_language(visit: Visit) -> None:
    chinese = await (await visit(locale="zh-CN")).open()
    english = await (await visit(locale="de-DE")).open()
    await expect(chinese.page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(english.page.locator("html")).to_have_attribute("lang", "en")


async def test_the_language_that_is_chosen_beats_the_browsers(dashboard: Dashboard, stage: Stage) -> None:
    settings = await dashboard.open_settings()
    async with dashboard.saved():
        await settings.get_by_test_id("locale-select").select_option("zh-CN")
    await expect(dashboard.page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(settings).to_have_accessible_name(re.compile("[\u4e00-\u9fff]"))
    await stage.configure(locale="en")
    await expect(dashboard.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_follows_the_theme_of_the_system(visit: Visit, scheme: str) -> None:
    dashboard = await (await visit(color_scheme=scheme)).open()
    assert await dashboard.is_dark() is (scheme == "dark")


async def test_the_theme_that_is_chosen_beats_the_systems(stage: Stage, visit: Visit) -> None:
    dashboard = await (await visit(color_scheme="light")).open()
    settings = await dashboard.open_settings()
    for theme in ("dark", "light", "dark"):
        async with dashboard.saved():
            await settings.get_by_test_id("theme-select").select_option(theme)
        await dashboard.is_in(theme)
    await dashboard.page.reload()
    await dashboard.live()
    await dashboard.is_in("dark")
    assert (await stage.api.get("/api/config"))["theme"] == "dark"


async def test_the_theme_follows_the_system_as_it_changes(visit: Visit) -> None:
    dashboard = await (await visit(color_scheme="light")).open()
    for before, after in pairwise(THEMES):
        await dashboard.is_in(before)
        await dashboard.page.emulate_media(color_scheme=after)
        await dashboard.is_in(after)
