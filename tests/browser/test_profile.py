"""What a browser keeps of a visit on the disk holds no cookie that was pasted, whatever became of the page.

It does keep what stands in other fields, to bring a tab back as it was: a witness in each test is waited for.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.browser.chromium import QUIET, installed
from tests.browser.stage import Stage
from tests.torture.traces import Canary, holders

Visit: TypeAlias = Callable[[Page, str], Awaitable[None]]

INPUT: Final = "welcome-cookie-input"
WITNESS: Final = "document.body.prepend(Object.assign(document.createElement('input'), { id: 'witness' }))"


async def save(page: Page, text: str) -> None:
    await page.get_by_test_id(INPUT).fill(text)
    await page.get_by_test_id("welcome-cookie-save").click()
    await expect(page.get_by_test_id(INPUT)).to_have_value("")


async def paste_it_and_come_back(page: Page, text: str) -> None:
    await page.get_by_test_id(INPUT).fill(text)
    await page.goto("about:blank")
    await page.go_back()
    await page.get_by_test_id(INPUT).fill(text)


async def type_it_into_a_field_like_any_other(page: Page, text: str) -> None:
    await page.get_by_test_id(INPUT).evaluate("(field) => field.removeAttribute('autocomplete')")
    await page.get_by_test_id(INPUT).press_sequentially(text)


async def kept(profile: Path, stage: Stage, visit: Visit) -> list[str]:
    """Do that with a canary, in a browser of its own; return the files of its profile that hold it then."""
    executable = installed()
    if executable is None:
        pytest.skip("no Chromium is installed")
    canary, witness = Canary(), Canary()
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, headless=True, chromium_sandbox=False, args=QUIET
        )
        page = context.pages[0]
        await page.goto(stage.url)
        await visit(page, f"session={canary.value}")
        await page.evaluate(WITNESS)
        await page.locator("#witness").press_sequentially(witness.value)
        await page.goto(f"{stage.url}/healthz")
        while not holders(profile / "Default" / "Sessions", [witness]):  # noqa: ASYNC110 - files of others set no event
            await asyncio.sleep(0.2)
        await context.close()
    return holders(profile, [canary])


@pytest.mark.parametrize("visit", [save, paste_it_and_come_back])
async def test_a_profile_holds_no_cookie_that_was_pasted(tmp_path: Path, stage: Stage, visit: Visit) -> None:
    assert await kept(tmp_path / "profile", stage, visit) == []


async def test_it_is_the_words_to_the_browser_that_keep_it_out(tmp_path: Path, stage: Stage) -> None:
    assert await kept(tmp_path / "profile", stage, type_it_into_a_field_like_any_other) != []
