"""The top of the page: whether what is shown is fresh, the switch, and refreshing by hand."""

import asyncio

from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms
from tests.fakes.relay import USAGE, Exchange, normal


async def test_the_connection_is_told_in_words_too(dashboard: Dashboard) -> None:
    await expect(dashboard.connection).to_have_attribute("data-state", "open")
    assert (await dashboard.connection.inner_text()).strip() or await dashboard.connection.get_attribute("aria-label")


async def test_the_switch_turns_polling_on_and_off(dashboard: Dashboard, stage: Stage) -> None:
    await stage.give_cookie()
    await expect(dashboard.switch).to_have_role("switch")
    await dashboard.switch.click()
    await expect(dashboard.switch).to_have_attribute("aria-checked", "true")
    await stage.relay.wait_for_requests(1, USAGE)
    await expect(dashboard.switch).not_to_have_attribute("aria-busy", "true")
    await dashboard.switch.click()
    await expect(dashboard.switch).to_have_attribute("aria-checked", "false")
    assert (await stage.api.get("/api/status"))["task"]["enabled"] is False


async def test_the_switch_follows_what_another_program_does(dashboard: Dashboard, stage: Stage) -> None:
    await stage.poll()
    await expect(dashboard.switch).to_have_attribute("aria-checked", "true")
    await stage.api.do("PUT", "/api/task", {"enabled": False})
    await expect(dashboard.switch).to_have_attribute("aria-checked", "false")


async def test_refresh_is_busy_while_it_runs_and_then_tells_how_many_were_new(
    dashboard: Dashboard, stage: Stage
) -> None:
    await stage.give_cookie()
    stage.relay.records = [single(now_ms() - minutes * MINUTE_MS) for minutes in (1, 2, 3)]
    answers = asyncio.Event()

    async def slow(exchange: Exchange) -> None:
        await answers.wait()
        await normal(exchange)

    stage.relay.behave(USAGE, slow)
    await dashboard.refresh.click()
    await stage.relay.wait_for_requests(1, USAGE)
    await expect(dashboard.refresh).to_have_attribute("aria-busy", "true")
    answers.set()
    await expect(dashboard.refresh).not_to_have_attribute("aria-busy", "true")
    await expect(dashboard.page.get_by_role("status").filter(has_text="3").first).to_be_visible()
    await dashboard.shows(requests=3)


async def test_a_refresh_without_a_cookie_says_what_is_missing(dashboard: Dashboard, visitor: Visitor) -> None:
    visitor.watch.expect_status(409)
    await dashboard.refresh.click()
    await expect(dashboard.hook("top-problem")).to_contain_text("cookie")


async def test_the_last_poll_and_the_next_are_told(stage: Stage, visit: Visit) -> None:
    await stage.poll([single(now_ms())])
    dashboard = await (await visit()).open()
    top = dashboard.page.get_by_role("banner")
    await expect(top).to_contain_text("next")
    await stage.api.do("PUT", "/api/task", {"enabled": False})
    await expect(top).not_to_contain_text("next")
