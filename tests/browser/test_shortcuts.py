"""What single keys do, and where they do nothing."""

import pytest
from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms
from tests.fakes.relay import USAGE


async def test_the_shortcuts_are_listed_under_a_question_mark(dashboard: Dashboard) -> None:
    await dashboard.page.keyboard.press("?")
    listed = dashboard.page.get_by_role("dialog")
    await expect(listed).to_be_visible()
    assert await listed.locator("kbd").count() >= 5
    await dashboard.page.keyboard.press("Escape")
    await expect(listed).to_be_hidden()


@pytest.mark.parametrize(("key", "minutes"), [("1", 60), ("4", 360), ("8", 43_200)])
async def test_a_digit_chooses_a_range(dashboard: Dashboard, stage: Stage, key: str, minutes: int) -> None:
    await stage.configure(rangeMinutes=120)
    await expect(dashboard.hook("range-120")).to_have_attribute("aria-pressed", "true")
    await dashboard.page.keyboard.press(key)
    await expect(dashboard.hook(f"range-{minutes}")).to_have_attribute("aria-pressed", "true")


async def test_letters_choose_the_mode_the_theme_and_the_settings(dashboard: Dashboard, stage: Stage) -> None:
    await stage.configure(theme="light")
    for key, mode in (("w", "rate"), ("e", "cumulative"), ("q", "requests")):
        await dashboard.page.keyboard.press(key)
        await expect(dashboard.hook(f"chart-mode-{mode}")).to_have_attribute("aria-pressed", "true")
    await dashboard.page.keyboard.press("t")
    await dashboard.is_in("dark")
    await dashboard.page.keyboard.press("s")
    await expect(dashboard.settings).to_be_visible()


async def test_letters_poll_and_turn_polling_on_and_off(dashboard: Dashboard, stage: Stage) -> None:
    await stage.give_cookie()
    await dashboard.page.keyboard.press("p")
    await expect(dashboard.switch).to_have_attribute("aria-checked", "true")
    await dashboard.page.keyboard.press("p")
    await expect(dashboard.switch).to_have_attribute("aria-checked", "false")
    polls = len(stage.relay.requests_to(USAGE))
    await dashboard.page.keyboard.press("r")
    await stage.relay.wait_for_requests(polls + 1, USAGE)


async def test_a_question_mark_in_a_field_is_a_question_mark(dashboard: Dashboard) -> None:
    await dashboard.hook("welcome-cookie-input").focus()
    await dashboard.page.keyboard.press("?")
    await expect(dashboard.hook("welcome-cookie-input")).to_have_value("?")
    await expect(dashboard.page.get_by_role("dialog")).to_have_count(0)


async def test_the_arrows_read_the_chart_aloud(dashboard: Dashboard, stage: Stage) -> None:
    await stage.poll([single(now_ms() - 2 * MINUTE_MS, 31), single(now_ms() - 30 * MINUTE_MS, 77)])
    await dashboard.shows(points=2)
    await dashboard.chart.focus()
    said = dashboard.chart.get_by_role("status")
    await dashboard.page.keyboard.press("Home")
    await expect(said).to_contain_text("77")
    await dashboard.page.keyboard.press("ArrowRight")
    await expect(said).to_contain_text("31")


async def test_single_keys_can_be_turned_off(dashboard: Dashboard) -> None:
    await dashboard.page.keyboard.press("?")
    listed = dashboard.page.get_by_role("dialog")
    await listed.get_by_role("switch").click()
    await dashboard.page.keyboard.press("Escape")
    await dashboard.page.keyboard.press("4")
    await dashboard.page.keyboard.press("s")
    await dashboard.hook("settings-button").click()  # had the keys done something, it would be behind their dialog
    await expect(dashboard.hook("range-60")).to_have_attribute("aria-pressed", "true")
