"""The figures as an accessible table: what the chart draws, and what the server says."""

from collections import defaultdict
from decimal import Decimal

import pytest
from playwright.async_api import expect

from tests.browser.charges import DAY_MS, HAIKU, HOUR_MS, MINUTE_MS, OPUS, SONNET, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, value
from tests.browser.stage import Stage, now_ms


async def test_the_table_holds_the_charges_that_the_server_has(stage: Stage, visit: Visit) -> None:
    rows = [(2, "0.5", HAIKU), (7, 1_234, OPUS), (20, 9, SONNET), (21, "0.000001", SONNET)]
    await stage.poll([single(now_ms() - ago * MINUTE_MS, amount, model) for ago, amount, model in rows])
    dashboard = await (await visit()).open()
    await dashboard.shows(points=4)
    records = (await stage.api.get("/api/usage?range=60"))["records"]
    said = [(record["time"], record["model"], Decimal(str(record["creditsUsed"]))) for record in reversed(records)]
    await expect(dashboard.table.locator("tbody tr")).to_have_count(4)
    assert await _rows(dashboard) == said


async def test_the_table_leaves_out_what_the_chart_leaves_out(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS, 2, HAIKU), single(now_ms() - 2 * MINUTE_MS, 60, OPUS)])
    await dashboard.shows(points=2)
    await dashboard.toggle(OPUS).click()
    await dashboard.shows(points=1)
    await expect(dashboard.table.locator("tbody tr")).to_have_count(1)
    assert [model for _, model, _ in await _rows(dashboard)] == [HAIKU]


@pytest.mark.parametrize("mode", ["requests", "rate"])
async def test_a_summed_window_adds_up_to_what_the_server_says(stage: Stage, visit: Visit, mode: str) -> None:
    await stage.configure(rangeMinutes=10_080, chartMode=mode)
    ages_ms = [HOUR_MS // 3, 3 * HOUR_MS, DAY_MS, DAY_MS + MINUTE_MS, 5 * DAY_MS]
    await stage.poll(
        [single(now_ms() - age, 10 + index, (OPUS, HAIKU)[index % 2]) for index, age in enumerate(ages_ms)]
    )
    dashboard = await (await visit()).open()
    await dashboard.shows(total="60", requests=5)
    await expect(dashboard.table.locator("tbody tr")).to_have_count(5)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _, model, amount in await _rows(dashboard):
        sums[model] += amount
    usage = await stage.api.get("/api/usage?range=10080&bucket=auto")
    assert sums == {total["model"]: Decimal(total["credits"]) for total in usage["models"]}


async def test_the_newest_row_of_the_sum_is_the_sum(stage: Stage, visit: Visit) -> None:
    await stage.configure(chartMode="cumulative")
    await stage.poll([single(now_ms() - minutes * MINUTE_MS, minutes, OPUS) for minutes in (1, 2, 3)])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="6")
    await expect(dashboard.table.locator("tbody tr")).not_to_have_count(0)
    assert [amount for _, _, amount in await _rows(dashboard)][:3] == [6, 5, 3]


async def test_the_table_has_a_name_and_heads(dashboard: Dashboard) -> None:
    await expect(dashboard.table).to_have_role("table")
    assert await dashboard.table.locator("caption").count() == 1
    assert await dashboard.table.locator("thead th[scope=col]").count() >= 3


async def test_the_models_are_compared_and_sorted_by_what_is_wanted(stage: Stage, visit: Visit) -> None:
    rows = [(1, 5, SONNET), (2, 60, OPUS), (3, 5, SONNET), (4, 5, SONNET)]
    await stage.poll([single(now_ms() - ago * MINUTE_MS, amount, model) for ago, amount, model in rows])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="75")
    toggles = dashboard.hook("model-toggle")
    models = dashboard.page.get_by_role("table").filter(has=toggles.first)
    await expect(models).to_contain_text("80.0%")
    await expect(toggles.first).to_have_attribute("data-model", OPUS)
    await models.get_by_role("button", name="Requests").click()
    await expect(toggles.first).to_have_attribute("data-model", SONNET)
    await models.get_by_role("button", name="Requests").click()
    await expect(toggles.first).to_have_attribute("data-model", OPUS)


async def _rows(dashboard: Dashboard) -> list[tuple[str, str, Decimal]]:
    """Return when, which model and how much each row says, from the top."""
    script = """(rows) => rows.map(({ cells: [time, model, credits] }) =>
        [time.textContent.trim(), model.title, credits.textContent])"""
    found = await dashboard.table.locator("tbody tr").evaluate_all(script)
    return [(time, model, value(amount)) for time, model, amount in found]
