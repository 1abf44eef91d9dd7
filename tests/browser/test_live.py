"""A page that is left open shows now: when nothing arrives, when the day changes, and after a week of sleep."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from tests.browser.charges import DAY_MS, HOUR_MS, MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms


async def test_the_window_slides_when_nothing_arrives(stage: Stage, visitor: Visitor) -> None:
    await stage.poll([single(now_ms() - minutes * MINUTE_MS, minutes) for minutes in (3, 57)])
    dashboard = await _opened_at(visitor, now_ms())
    await dashboard.shows(total="60", requests=2, points=2)
    await dashboard.page.clock.fast_forward("05:00")
    await dashboard.shows(total="3", requests=1, points=1)
    await expect(dashboard.connection).to_have_attribute("data-state", "open")


async def test_a_summed_window_slides_too(stage: Stage, visitor: Visitor) -> None:
    await stage.configure(rangeMinutes=10_080)
    # The page's clock is three hours behind, so that what slides out there has slid out of the server's window too.
    await stage.poll([single(now_ms() - 7 * DAY_MS - 2 * HOUR_MS, 100), single(now_ms() - DAY_MS, 4)])
    dashboard = await _opened_at(visitor, now_ms() - 3 * HOUR_MS)
    await dashboard.page.clock.fast_forward("03:00:00")
    await dashboard.shows(total="4", requests=1)


async def test_today_begins_anew_at_midnight_without_a_charge(stage: Stage, visitor: Visitor) -> None:
    zone = ZoneInfo(stage.zone)
    today = datetime.fromtimestamp(now_ms() / 1000, UTC).astimezone(zone).date()
    midnight_ms = int(datetime.combine(today, time(), zone).timestamp() * 1000)
    await stage.poll([single(midnight_ms + HOUR_MS, 31), single(midnight_ms - HOUR_MS, 600)])
    dashboard = await _opened_at(visitor, midnight_ms - 2 * MINUTE_MS)
    await expect(dashboard.page.get_by_text("631").first).to_be_visible()
    await dashboard.page.clock.fast_forward("05:00")
    await expect(dashboard.page.get_by_text("631")).to_have_count(0)
    await expect(dashboard.page.get_by_text("31", exact=True).first).to_be_visible()


async def test_after_a_week_of_sleep_the_page_shows_now_and_what_it_missed(stage: Stage, visitor: Visitor) -> None:
    visitor.watch.expect_silence()
    slept_ms = now_ms() - 7 * DAY_MS
    await stage.poll([single(slept_ms - 10 * MINUTE_MS, 900)])
    dashboard = await _opened_at(visitor, slept_ms)
    await stage.kill()  # as the machine that sleeps takes its connections down
    await stage.start()
    await stage.charge(single(now_ms() - 2 * HOUR_MS, 50), single(now_ms() - 20 * MINUTE_MS, 6))
    await dashboard.page.clock.fast_forward(timedelta(days=7) // timedelta(milliseconds=1))
    await dashboard.live()
    await dashboard.shows(total="6", requests=1, points=1)
    await stage.charge_now(7)
    await dashboard.shows(total="13", requests=2, points=2)
    await dashboard.choose(180)
    await dashboard.shows(total="63", requests=3, points=3)


async def test_a_week_in_which_nothing_came_leaves_an_empty_window_and_an_open_stream(
    stage: Stage, visitor: Visitor
) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, 8)])
    dashboard = await _opened_at(visitor, now_ms())
    await dashboard.shows(total="8", requests=1, points=1)
    await dashboard.page.clock.fast_forward(timedelta(days=7) // timedelta(milliseconds=1))
    await dashboard.shows(total="0", requests=0, points=0)
    await dashboard.live()


async def test_a_charge_is_kept_until_its_hour_is_over(stage: Stage, visit: Visit) -> None:
    visitor = await visit()
    await stage.poll([single(now_ms() - 30 * MINUTE_MS, 8)])
    dashboard = await _opened_at(visitor, now_ms())
    await dashboard.page.clock.fast_forward("25:00")
    await dashboard.shows(total="8", requests=1, points=1)


async def _opened_at(visitor: Visitor, at_ms: int) -> Dashboard:
    """Open the page on a machine whose clock shows this, and goes on."""
    dashboard = await visitor.tab()
    await dashboard.page.clock.install(time=at_ms / 1000)
    await dashboard.page.goto(visitor.url)
    await dashboard.live()
    return dashboard
