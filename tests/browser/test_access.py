"""The access key: asked for before anything is shown, once for all tabs, and again when the session ends."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard, Visitor, visiting
from tests.browser.stage import Stage, now_ms, staged
from tests.browser.states import too_many

KEY: Final = "right-key-of-a-test"
WRONG: Final = "wrong-key-of-a-test"

_AT_ONCE_MS: Final = 10_000
_BACK_MS: Final = 20_000
"""Longer than the page ever waits while it looks for a server; it looks every 30 s while it waits for a key."""


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Return a stage that asks for the key, with one charge of 40."""
    async with staged(tmp_path / "data", key=KEY) as stage:
        await stage.poll([single(now_ms() - 10 * MINUTE_MS, 40, model="claude-secret-model")])
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def locked(visitor: Visitor) -> Dashboard:
    """Return a page that asks for the key."""
    return await _arrive(visitor)


async def _arrive(visitor: Visitor) -> Dashboard:
    dashboard = await visitor.tab()
    await dashboard.page.goto(visitor.url)
    await expect(dashboard.locked).to_be_visible()
    return dashboard


async def _sees_nothing(dashboard: Dashboard) -> None:
    await expect(dashboard.locked).to_be_visible()
    await expect(dashboard.total).to_have_count(0)
    await expect(dashboard.chart).to_have_count(0)
    assert "secret-model" not in await dashboard.page.content()
    assert await dashboard.page.title() == "CCurve"


async def test_nothing_is_shown_before_the_key_is_given(locked: Dashboard) -> None:
    await _sees_nothing(locked)
    await expect(locked.hook("access-input")).to_be_focused()


async def test_nothing_is_painted_before_it_is_known_whether_a_key_is_asked_for(visitor: Visitor) -> None:
    known = asyncio.Event()

    async def late(route: Route) -> None:
        await known.wait()
        await route.continue_()

    dashboard = await visitor.tab()
    await dashboard.page.route("**/api/session", late)
    async with dashboard.page.expect_request("**/api/session"):
        await dashboard.page.goto(visitor.url, wait_until="commit")
        # In the frame in which there is something to see: it is shown after two seconds, whatever is known by then.
        seen = await dashboard.page.evaluate("""async () => {
            const drawn = () => document.querySelector('[data-testid="connection"]');
            while (!drawn()) await new Promise(requestAnimationFrame);
            return [document.body.innerText.trim(), drawn().checkVisibility({ visibilityProperty: true })];
        }""")
    assert seen == ["", False]
    known.set()
    await expect(dashboard.locked).to_be_visible()


async def test_what_is_asked_for_and_what_is_wrong_are_told_with_the_dialog_and_the_field(locked: Dashboard) -> None:
    await expect(locked.locked).to_have_accessible_description("It asks for its access key before it shows anything.")
    field = locked.hook("access-input")
    await expect(field).to_have_accessible_description(re.compile("^The one that CCurve was started with"))
    await locked.unlock(WRONG)
    await expect(field).to_have_accessible_description(re.compile(r"^That is not the key\. The one that CCurve"))


async def test_the_key_opens_the_page_which_goes_on_by_itself(stage: Stage, locked: Dashboard) -> None:
    await locked.unlock(KEY)
    await expect(locked.locked).to_be_hidden()
    await locked.live()
    await locked.shows(total="40", requests=1, points=1)
    await stage.charge_now(2)
    await locked.shows(total="42", requests=2)


async def test_the_key_can_be_given_by_keyboard_alone(locked: Dashboard) -> None:
    await locked.page.keyboard.type(f" {KEY} ")
    await locked.page.keyboard.press("Enter")
    await locked.live()


async def test_the_demand_cannot_be_put_off(locked: Dashboard) -> None:
    for _ in range(3):
        await locked.page.keyboard.press("Escape")
    await expect(locked.locked).to_be_visible()
    assert await locked.locked.evaluate("(dialog) => dialog.matches(':modal')")
    await locked.unlock(KEY)
    await locked.live()


async def test_a_wrong_key_is_told_in_its_place_and_the_next_may_be_right(locked: Dashboard) -> None:
    await locked.unlock(WRONG)
    field = locked.hook("access-input")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(locked.locked.get_by_role("alert")).to_have_text("That is not the key.")
    await _sees_nothing(locked)
    await locked.unlock(KEY)
    await locked.live()


async def test_no_key_at_all_asks_nobody(locked: Dashboard) -> None:
    await locked.unlock("  ")
    await expect(locked.locked.get_by_role("alert")).to_have_text("There is nothing here yet. Type the key first.")


async def test_too_many_wrong_keys_are_told_and_what_is_open_goes_on(
    stage: Stage, visitor: Visitor, browser: Browser
) -> None:
    visitor.watch.expect_status(429)
    open_page = await visitor.open()
    async with visiting(browser, stage) as other:
        guesser = await _arrive(other)
        for number in range(11):
            await guesser.unlock(f"{WRONG}-{number}")
            words = "That is not the key." if number < 10 else "Too many wrong keys"
            await expect(guesser.locked.get_by_role("alert")).to_contain_text(words)
        await expect(guesser.locked.get_by_role("timer")).to_contain_text(re.compile(r"in (1 min|\d\d s)\."))
    await stage_goes_on(stage, open_page)


async def stage_goes_on(stage: Stage, dashboard: Dashboard) -> None:
    """See that the page gets what its session lets it have; the stage's own key is refused by now."""
    assert (await stage.api.call("GET", "/api/status"))[0] == 429
    await dashboard.choose(180)
    await dashboard.shows(total="40")


async def test_too_many_wrong_keys_are_no_fault_of_the_field_and_keep_the_next_waiting(
    locked: Dashboard, visitor: Visitor
) -> None:
    visitor.watch.expect_status(429)
    await locked.page.clock.install()
    await too_many(locked, wait_s=60)
    field, submit = locked.hook("access-input"), locked.hook("access-submit")
    timer = locked.locked.get_by_role("alert").get_by_role("timer")
    await expect(timer).to_have_text(re.compile(r"in (1 min|\d\d s)\."))
    await expect(timer).to_have_attribute("aria-live", "off")
    await expect(field).to_have_attribute("aria-invalid", "false")
    await expect(field).to_have_accessible_description(re.compile(r"^Too many wrong keys were given\. .+ The one"))
    await expect(field).to_be_focused()
    await expect(submit).to_be_disabled()
    await field.fill(KEY)
    await locked.page.clock.fast_forward("01:00")
    await expect(locked.locked.get_by_role("alert")).to_have_text("You can try again now.")
    await submit.click()
    await locked.live()


async def test_a_key_that_got_lost_on_its_way_can_be_given_again(locked: Dashboard, visitor: Visitor) -> None:
    visitor.watch.expect("net::ERR_FAILED")
    await locked.page.route("**/api/session", lambda route: route.abort(), times=1)
    await locked.unlock(KEY)
    await expect(locked.locked.get_by_role("alert")).to_have_text("You can try again now.")
    await locked.hook("access-submit").click()
    await locked.live()


async def test_a_server_that_is_gone_is_told_at_once_and_its_coming_back_too(
    stage: Stage, locked: Dashboard, visitor: Visitor
) -> None:
    visitor.watch.expect_silence()
    await stage.kill()
    await locked.unlock(KEY)
    gone = locked.locked.get_by_text("CCurve does not answer")
    await expect(gone).to_be_visible(timeout=_AT_ONCE_MS)
    await expect(locked.hook("access-input")).to_have_attribute("aria-invalid", "false")
    await stage.start()
    await expect(gone).to_have_count(0, timeout=_BACK_MS)
    await expect(locked.locked).to_be_visible()
    await locked.unlock(KEY)
    await locked.live()
    await locked.shows(total="40")


async def test_a_browser_that_keeps_no_cookies_is_told_so(locked: Dashboard) -> None:
    async def without_cookie(route: Route) -> None:
        response = await route.fetch()
        headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
        await locked.page.context.clear_cookies()
        await route.fulfill(response=response, headers=headers)

    await locked.page.context.route("**/api/session", without_cookie)
    await locked.unlock(KEY)
    await expect(locked.locked.get_by_role("alert")).to_contain_text("keeps no cookie")
    await expect(locked.hook("access-input")).to_have_attribute("aria-invalid", "false")
    await expect(locked.locked).to_be_visible()


async def test_the_session_outlives_a_reload_and_a_restart(stage: Stage, visitor: Visitor) -> None:
    visitor.watch.expect_silence()
    dashboard = await visitor.open()
    await dashboard.page.reload()
    await dashboard.live()
    await stage.kill()
    await expect(dashboard.connection).not_to_have_attribute("data-state", "open")
    await stage.start()
    await dashboard.live()
    await dashboard.shows(total="40")


async def test_all_tabs_ask_and_all_come_back_when_one_of_them_is_given_the_key(stage: Stage, visitor: Visitor) -> None:
    tabs = [await _arrive(visitor) for _ in range(3)]
    await tabs[2].unlock(KEY)
    for tab in tabs:
        await tab.live()
        await tab.shows(total="40", requests=1)
    await stage.charge_now(2)
    for tab in tabs:
        await tab.shows(total="42", requests=2)
    assert await stage.subscribers() == 1


@pytest.mark.parametrize("leaving", [0, 2])
async def test_leaving_in_one_tab_covers_all_of_them_and_one_brings_them_back(
    leaving: int, stage: Stage, visitor: Visitor
) -> None:
    tabs = [await visitor.open() for _ in range(3)]
    for tab in tabs:
        await tab.shows(total="40")
    await tabs[leaving].lock()
    for tab in tabs:
        await _sees_nothing(tab)
    await stage.charge_now(2)
    assert await stage.subscribers() == 0
    await tabs[1].unlock(KEY)
    for tab in tabs:
        await tab.live()
        await tab.shows(total="42", requests=2)


async def test_leaving_ends_the_session_of_this_browser_alone(stage: Stage, visitor: Visitor, browser: Browser) -> None:
    dashboard = await visitor.open()
    async with visiting(browser, stage) as other:
        stays = await other.open()
        await dashboard.lock()
        await dashboard.page.reload()
        await _sees_nothing(dashboard)
        await stage.charge_now(2)
        await stays.shows(total="42")


async def test_a_key_that_changes_covers_what_was_shown(stage: Stage, visitor: Visitor) -> None:
    visitor.watch.expect_silence()
    dashboard = await visitor.open()
    await dashboard.shows(total="40")
    await stage.kill()
    stage.key = "another-key-of-a-test"
    await stage.start()
    await _sees_nothing(dashboard)
    await dashboard.unlock(KEY)
    await expect(dashboard.hook("access-input")).to_have_attribute("aria-invalid", "true")
    await dashboard.unlock(stage.key)
    await dashboard.live()
    await dashboard.shows(total="40")


async def test_what_was_typed_into_the_page_is_gone_once_it_is_covered(visitor: Visitor) -> None:
    one, other = [await visitor.open() for _ in range(2)]
    settings = await one.open_settings()
    await settings.get_by_test_id("cookie-input").fill("session=half-typed")
    await other.lock()
    await _sees_nothing(one)
    await other.unlock(KEY)
    await one.live()
    await expect(one.settings).to_have_count(0)


async def test_neither_key_nor_session_can_be_read_by_a_script_or_is_kept_in_the_page(visitor: Visitor) -> None:
    dashboard = await visitor.open()
    script = """() => JSON.stringify([
        document.cookie, { ...localStorage }, { ...sessionStorage }, location.href, document.documentElement.outerHTML,
    ])"""
    kept = str(await dashboard.page.evaluate(script))
    cookies = await dashboard.page.context.cookies()
    assert [cookie["httpOnly"] for cookie in cookies] == [True]
    for secret in (KEY, *(cookie.get("value", "") for cookie in cookies)):
        assert secret
        assert secret not in kept


async def test_where_no_key_is_asked_for_there_is_no_way_out(tmp_path: Path, browser: Browser) -> None:
    async with staged(tmp_path / "open") as stage, visiting(browser, stage) as visitor:
        dashboard = await visitor.open()
        async with dashboard.page.expect_response("**/api/session"):
            settings = await dashboard.open_settings()
        await expect(settings.get_by_text("Data directory")).to_be_visible()
        await expect(settings.get_by_test_id("access-end")).to_have_count(0)


async def test_tabs_without_locks_come_back_together_too(visitor: Visitor) -> None:
    """As over plain http from another device, where browsers offer no locks and each tab has a stream of its own."""
    await visitor.context.add_init_script("delete Navigator.prototype.locks")
    tabs = [await _arrive(visitor) for _ in range(2)]
    assert not await tabs[0].page.evaluate("'locks' in navigator")
    await tabs[1].unlock(KEY)
    for tab in tabs:
        await tab.live()
    await tabs[0].lock()
    for tab in tabs:
        await _sees_nothing(tab)
    await tabs[0].unlock(KEY)
    for tab in tabs:
        await tab.live()
