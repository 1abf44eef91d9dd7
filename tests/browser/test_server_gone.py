"""The server gone: said so, and back by itself, with what was missed."""

import asyncio

from playwright.async_api import Route, expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms


async def test_a_server_that_is_gone_is_told_and_what_was_shown_stays(
    stage: Stage, dashboard: Dashboard, visitor: Visitor
) -> None:
    await _left_alone(stage, dashboard, visitor)
    await expect(dashboard.connection).to_have_attribute("data-state", "closed")
    await expect(dashboard.hook("server-gone")).to_be_visible()
    await dashboard.shows(total="40", requests=1, points=1)


async def test_it_comes_back_by_itself_with_what_arrived_meanwhile(
    stage: Stage, dashboard: Dashboard, visitor: Visitor
) -> None:
    await _left_alone(stage, dashboard, visitor)
    stage.relay.records.insert(0, single(now_ms(), 2))
    await stage.start()
    await stage.refresh()
    await dashboard.live()
    await expect(dashboard.hook("server-gone")).to_have_count(0)
    await dashboard.shows(total="42", requests=2, points=2)
    await stage.charge_now(3)
    await dashboard.shows(total="45", requests=3, points=3)


async def test_the_switch_is_as_it_was_when_the_server_is_back(
    stage: Stage, dashboard: Dashboard, visitor: Visitor
) -> None:
    await _left_alone(stage, dashboard, visitor)
    await stage.start()
    await dashboard.live()
    await expect(dashboard.switch).to_have_attribute("aria-checked", "true")


async def test_what_is_done_while_the_server_is_gone_fails_in_words(
    stage: Stage, dashboard: Dashboard, visitor: Visitor
) -> None:
    await _left_alone(stage, dashboard, visitor)
    await dashboard.refresh.click()
    await expect(dashboard.hook("top-problem")).to_be_visible()
    await dashboard.hook("range-120").click()
    # Refused, so that it is as the server has it once more.
    await expect(dashboard.hook("range-60")).to_have_attribute("aria-pressed", "true")


async def test_a_server_with_another_history_is_shown_as_it_is(
    stage: Stage, dashboard: Dashboard, visitor: Visitor
) -> None:
    await _left_alone(stage, dashboard, visitor)
    stage.forget()
    await stage.start()
    await dashboard.live()
    await dashboard.shows(total="0", requests=0, points=0)


async def test_a_long_window_is_whole_again_when_the_server_is_back(
    stage: Stage, dashboard: Dashboard, visitor: Visitor
) -> None:
    await stage.configure(rangeMinutes=10_080)
    await _left_alone(stage, dashboard, visitor)
    await stage.start()
    await stage.charge(single(now_ms(), 2))
    await dashboard.live()
    await dashboard.shows(total="42", requests=2)


async def test_a_page_whose_stream_stays_silent_is_seen_all_the_same(visitor: Visitor) -> None:
    """Some proxies hold the first events back."""
    over = asyncio.Event()

    async def keep_silent(route: Route) -> None:
        await over.wait()
        await route.abort()

    visitor.watch.expect("net::ERR_FAILED")
    dashboard = await visitor.tab()
    await dashboard.page.route("**/api/events*", keep_silent)
    await dashboard.page.goto(visitor.url)
    await expect(dashboard.connection).to_be_visible()
    await expect(dashboard.connection).to_have_attribute("data-state", "connecting")
    over.set()
    await dashboard.page.unroute_all(behavior="wait")


async def test_a_page_whom_nobody_answers_from_the_start_says_so(visitor: Visitor) -> None:
    visitor.watch.expect("net::ERR_FAILED")
    dashboard = await visitor.tab()
    await dashboard.page.route("**/api/events*", lambda route: route.abort())
    await dashboard.page.goto(visitor.url)
    await expect(dashboard.hook("server-gone")).to_be_visible()
    await dashboard.page.unroute_all()
    await dashboard.live()


async def _left_alone(stage: Stage, dashboard: Dashboard, visitor: Visitor) -> None:
    """Show one charge of 40, and kill the server."""
    visitor.watch.expect_silence()
    await stage.poll([single(now_ms() - 10 * MINUTE_MS, 40)])
    await dashboard.shows(total="40", requests=1)
    await stage.kill()
    await expect(dashboard.connection).not_to_have_attribute("data-state", "open")
