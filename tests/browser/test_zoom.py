"""Looking closer: by dragging, by the wheel, by keyboard, and back."""

import pytest
from playwright.async_api import expect

from tests.browser.charges import DAY_MS, MINUTE_MS, SONNET, single, work
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms


@pytest.fixture
def ticking(stage: Stage) -> Stage:
    """The relay has charged one credit each minute of the last hour, halfway between the minutes."""
    stage.relay.records = [single(now_ms() - minute * MINUTE_MS + 30_000, 1) for minute in range(1, 60)]
    return stage


async def test_a_drag_looks_at_what_was_dragged_over(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(total="59", points=59)
    await dashboard.drag_over_chart(0.3, 0.7)
    await _between(dashboard, 10, 40)
    await dashboard.chart.dblclick()
    await dashboard.shows(total="59", points=59)


async def test_a_drag_ends_where_it_is_let_go_of_before_the_page_has_drawn_that(
    ticking: Stage, dashboard: Dashboard
) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    left, top, width, height = await dashboard.chart_box()
    await dashboard.page.mouse.move(left + width * 0.3, top + height * 0.5)
    await dashboard.page.mouse.down()
    end = {"clientX": left + width * 0.7, "clientY": top + height * 0.5, "pointerId": 1, "bubbles": True}
    await dashboard.chart.evaluate("(chart, end) => chart.dispatchEvent(new PointerEvent('pointerup', end))", end)
    await _between(dashboard, 10, 40)


async def test_a_drag_to_the_left_does_the_same(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    await dashboard.drag_over_chart(0.7, 0.3)
    await _between(dashboard, 10, 40)


async def test_a_mere_click_changes_nothing(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    await dashboard.chart.click()
    await ticking.charge_now(1)
    await dashboard.shows(total="60", points=60)


async def test_the_wheel_looks_closer_round_the_pointer_and_back(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    await dashboard.hover_over_chart(0.5)
    await dashboard.page.mouse.wheel(0, -300)
    await expect(dashboard.chart).not_to_have_attribute("data-points", "59")
    closer = await dashboard.points()
    assert 1 <= closer < 59
    for _ in range(12):
        await dashboard.page.mouse.wheel(0, 300)
    await dashboard.shows(points=59)


async def test_the_keyboard_looks_closer_and_back(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    await dashboard.chart.focus()
    await dashboard.page.keyboard.press("+")
    await expect(dashboard.chart).not_to_have_attribute("data-points", "59")
    closer = await dashboard.points()
    assert 1 <= closer < 59
    await dashboard.page.keyboard.press("Escape")
    await dashboard.shows(points=59)


async def test_the_keyboard_moves_what_is_looked_at(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll([single(now_ms() - 50 * MINUTE_MS, 50), single(now_ms() - 2 * MINUTE_MS, 2)][::-1])
    await dashboard.shows(total="52", points=2)
    await dashboard.drag_over_chart(0.5, 0.99)
    await dashboard.shows(total="2", points=1)
    await dashboard.chart.focus()
    for _ in range(3):
        await dashboard.page.keyboard.press("Shift+ArrowLeft")
    await dashboard.shows(total="50", points=1)


async def test_what_is_looked_at_closely_stands_still_while_charges_come(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    await dashboard.drag_over_chart(0.3, 0.7)
    await _between(dashboard, 10, 40)
    closer = await dashboard.points()
    await ticking.charge_now(500)
    await expect(dashboard.current).to_contain_text("500")
    await dashboard.shows(points=closer)


async def test_another_range_ends_looking_closely(ticking: Stage, dashboard: Dashboard) -> None:
    await ticking.poll()
    await dashboard.shows(points=59)
    await dashboard.drag_over_chart(0.3, 0.7)
    await _between(dashboard, 10, 40)
    await dashboard.choose(120)
    await dashboard.shows(total="59", points=59)


async def test_looking_closely_at_a_long_window_shows_finer_buckets(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll(work(now_ms(), 30 * DAY_MS))
    await dashboard.choose(43_200)
    await expect(dashboard.chart).not_to_have_attribute("data-points", "0")
    whole = await dashboard.requests.inner_text()
    await dashboard.drag_over_chart(0.93, 0.99)
    await expect(dashboard.requests).not_to_have_text(whole)
    assert SONNET in (await dashboard.chart.get_attribute("data-series") or "")


async def _between(dashboard: Dashboard, least: int, most: int) -> None:
    """Wait until some of the points are drawn, and hold their number to these bounds."""
    await expect(dashboard.chart).not_to_have_attribute("data-points", "59")
    assert least <= await dashboard.points() <= most
