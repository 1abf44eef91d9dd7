"""The chart: what is drawn in each mode, and which models."""

import pytest
from playwright.async_api import expect

from domain.zones import utc_text
from tests.browser.charges import DAY_MS, HAIKU, HOUR_MS, MINUTE_MS, OPUS, SONNET, crowd, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms

MODES = ("requests", "rate", "cumulative")
HALF_HOUR_OF_THREE = ((1, OPUS, 60), (5, HAIKU, 2), (9, SONNET, 10), (12, SONNET, 12), (30, OPUS, 40))


@pytest.fixture
def three(stage: Stage) -> Stage:
    """The relay has charged three models in the last half hour: 124 credits."""
    stage.relay.records = [
        single(now_ms() - ago * MINUTE_MS, amount, model) for ago, model, amount in HALF_HOUR_OF_THREE
    ]
    return stage


async def test_each_charge_is_a_point_and_each_model_a_series(three: Stage, dashboard: Dashboard) -> None:
    await three.poll()
    await dashboard.shows(total="124", requests=5, points=5)
    await dashboard.draws(OPUS, HAIKU, SONNET)


@pytest.mark.parametrize("mode", MODES)
async def test_a_mode_is_chosen_drawn_and_remembered(three: Stage, dashboard: Dashboard, mode: str) -> None:
    await three.poll()
    await three.configure(chartMode=MODES[MODES.index(mode) - 1])
    await expect(dashboard.hook(f"chart-mode-{mode}")).to_have_attribute("aria-pressed", "false")
    async with dashboard.saved():
        await dashboard.hook(f"chart-mode-{mode}").click()
    await expect(dashboard.hook(f"chart-mode-{mode}")).to_have_attribute("aria-pressed", "true")
    await dashboard.draws(OPUS, HAIKU, SONNET)
    await expect(dashboard.chart).not_to_have_attribute("data-points", "0")
    await dashboard.page.reload()
    await expect(dashboard.hook(f"chart-mode-{mode}")).to_have_attribute("aria-pressed", "true")
    assert (await three.api.get("/api/config"))["chartMode"] == mode


@pytest.mark.parametrize("mode", MODES)
async def test_the_window_counts_the_same_in_every_mode(three: Stage, dashboard: Dashboard, mode: str) -> None:
    await three.configure(chartMode=mode)
    await three.poll()
    await dashboard.shows(total="124", requests=5)


async def test_a_model_that_is_hidden_is_drawn_no_more_and_stays_hidden(three: Stage, dashboard: Dashboard) -> None:
    await three.poll()
    await dashboard.draws(OPUS, HAIKU, SONNET)
    await dashboard.toggle(OPUS).click()
    await expect(dashboard.toggle(OPUS)).to_have_attribute("aria-pressed", "false")
    await dashboard.draws(HAIKU, SONNET)
    await dashboard.shows(points=3)
    await dashboard.page.reload()
    await dashboard.draws(HAIKU, SONNET)
    assert (await three.api.get("/api/config"))["hiddenModels"] == [OPUS]
    await dashboard.toggle(OPUS).click()
    await dashboard.draws(OPUS, HAIKU, SONNET)
    await dashboard.shows(points=5)


async def test_a_double_click_leaves_that_model_alone_and_another_brings_all_back(
    three: Stage, dashboard: Dashboard
) -> None:
    await three.poll()
    await dashboard.draws(OPUS, HAIKU, SONNET)
    await dashboard.toggle(SONNET).dblclick()
    await dashboard.draws(SONNET)
    await expect(dashboard.toggle(SONNET)).to_have_attribute("aria-pressed", "true")
    await expect(dashboard.toggle(HAIKU)).to_have_attribute("aria-pressed", "false")
    await dashboard.toggle(SONNET).dblclick()
    await dashboard.draws(OPUS, HAIKU, SONNET)


async def test_a_new_model_joins_what_is_drawn(three: Stage, dashboard: Dashboard) -> None:
    await three.poll()
    await dashboard.draws(OPUS, HAIKU, SONNET)
    await three.charge_now(model="claude-next-模型")
    await dashboard.draws(OPUS, HAIKU, SONNET, "claude-next-模型")
    await expect(dashboard.toggle("claude-next-模型")).to_be_visible()


async def test_models_are_toggled_by_keyboard(three: Stage, dashboard: Dashboard) -> None:
    await three.poll()
    await dashboard.toggle(HAIKU).focus()
    await dashboard.page.keyboard.press("Space")
    await dashboard.draws(OPUS, SONNET)
    await dashboard.page.keyboard.press("Enter")
    await dashboard.draws(OPUS, HAIKU, SONNET)


async def test_a_busy_day_is_counted_whole_and_drawn_whole(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=1440)
    await stage.poll(
        [row for row in crowd(now_ms(), 10_000) if row["createdAt"] > utc_text(now_ms() - DAY_MS + HOUR_MS)]
    )
    dashboard = await (await visit()).open()
    usage = await stage.api.get("/api/usage?range=1440")
    await dashboard.shows(requests=len(usage["records"]))
    assert await dashboard.points() > 1_000
    await dashboard.draws(*(total["model"] for total in usage["models"]))


async def test_the_pointer_is_told_of_every_model_at_that_time(three: Stage, dashboard: Dashboard) -> None:
    await three.configure(chartMode="cumulative")
    await three.poll()
    await dashboard.draws(OPUS, HAIKU, SONNET)
    await dashboard.hover_over_chart(0.97)
    tooltip = dashboard.hook("chart-tooltip")
    await expect(tooltip).to_be_visible()
    for model in ("opus-4-1", "3-5-haiku", "sonnet-4"):
        await expect(tooltip).to_contain_text(model)
    await dashboard.page.mouse.move(0, 0)
    await expect(tooltip).to_be_hidden()


async def test_a_charge_that_stands_alone_can_be_seen(stage: Stage, dashboard: Dashboard) -> None:
    """No line leads to it, so its mark is all there is."""
    await stage.poll([single(now_ms() - 9 * MINUTE_MS)])
    await dashboard.shows(points=1)
    is_marked = """(canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.some((part, at) => at % 4 === 3 && part > 0);
    }"""
    assert await dashboard.chart.locator("canvas").last.evaluate(is_marked)
