"""Long windows come summed from the server, say how wide their buckets are, and are live from there on."""

import re

from playwright.async_api import expect

from tests.browser.charges import DAY_MS, HOUR_MS, OPUS, single, work
from tests.browser.conftest import Visit
from tests.browser.stage import Stage, now_ms


async def test_thirty_days_are_the_servers_sums_to_the_credit(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=43_200)
    await stage.poll(work(now_ms() - HOUR_MS, 29 * DAY_MS))
    dashboard = await (await visit()).open()
    usage = await stage.api.get("/api/usage?range=43200&bucket=auto")
    await dashboard.shows(
        total=str(sum(total["credits"] for total in usage["models"])),
        requests=sum(total["requests"] for total in usage["models"]),
    )
    await dashboard.draws(*(total["model"] for total in usage["models"]))
    assert 0 < await dashboard.points() <= 1_000 * len(usage["models"]) + 10


async def test_the_width_of_the_buckets_is_told(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=43_200)
    await stage.poll(work(now_ms(), 20 * DAY_MS))
    dashboard = await (await visit()).open()
    usage = await stage.api.get("/api/usage?range=43200&bucket=auto")
    minutes = usage["bucketSeconds"] // 60
    words = rf"\b{minutes} ?min" if minutes % 60 else rf"\b{minutes // 60} ?(h|hour)"
    await expect(dashboard.page.get_by_role("main").get_by_text(re.compile(words)).first).to_be_visible()


async def test_a_long_window_goes_on_live_with_nothing_lost_or_doubled(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=10_080)
    await stage.poll([single(now_ms() - HOUR_MS, 10), single(now_ms() - 3 * DAY_MS, 100)])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="110", requests=2)
    for count in range(1, 4):
        await stage.charge_now(1, model=OPUS)
        await dashboard.shows(total=str(110 + count), requests=2 + count)
    await stage.refresh()
    await dashboard.shows(total="113", requests=5)


async def test_a_charge_that_comes_late_is_counted_in_a_long_window(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=10_080)
    newest = single(now_ms() - HOUR_MS, 10)
    await stage.poll([newest])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="10", requests=1)
    await stage.poll([newest, single(now_ms() - DAY_MS, 300)])
    await dashboard.shows(total="310", requests=2)


async def test_a_corrected_amount_counts_in_a_long_window(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=43_200)
    charge = single(now_ms() - 2 * DAY_MS, 10)
    await stage.poll([charge])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="10", requests=1)
    charge["creditsUsed"] = 25
    await stage.refresh()
    await dashboard.shows(total="25", requests=1)


async def test_from_a_long_window_back_to_an_hour(stage: Stage, visit: Visit) -> None:
    await stage.configure(rangeMinutes=43_200)
    await stage.poll([single(now_ms() - HOUR_MS // 2, 10), single(now_ms() - 3 * DAY_MS, 100)])
    dashboard = await (await visit()).open()
    await dashboard.shows(total="110", requests=2)
    await dashboard.choose(60)
    await dashboard.shows(total="10", requests=1, points=1)
    await dashboard.choose(10_080)
    await dashboard.shows(total="110", requests=2)
