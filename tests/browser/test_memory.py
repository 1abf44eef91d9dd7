"""A page that is left open all day holds no more than its window."""

from datetime import UTC, datetime
from typing import Final

from playwright.async_api import expect

from tests.browser.charges import DAY_MS, HOUR_MS, SECOND_MS, single
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms

_EVERY_MS: Final = 5 * SECOND_MS
_AT_ONCE: Final = 360
_MODELS: Final = ("claude-sonnet-4-20250514", "claude-opus-4-1-20250805", "claude-3-5-haiku-20241022")
# Two hours are kept, so that the rate has something to be compared with; and React keeps what it drew before.
_MOST_KEPT: Final = 3 * 2 * HOUR_MS // _EVERY_MS

# All objects of the page that are not garbage, and how many of them are charges.
_COUNT: Final = """function () {
    return this.filter((object) => Object.hasOwn(object, "createdMs")).length;
}"""


async def test_a_day_of_a_charge_every_five_seconds_does_not_grow_the_heap(stage: Stage, visitor: Visitor) -> None:
    await stage.poll([])
    began_ms = now_ms() - DAY_MS
    dashboard = await visitor.tab()
    await dashboard.page.clock.install(time=datetime.fromtimestamp(began_ms / 1000, UTC))
    await dashboard.page.goto(visitor.url)
    await dashboard.live()
    await _charged_until(stage, dashboard, began_ms, began_ms + DAY_MS)
    kept = await _charges_kept(dashboard)
    assert HOUR_MS // _EVERY_MS < kept < _MOST_KEPT


async def _charged_until(stage: Stage, dashboard: Dashboard, from_ms: int, to_ms: int) -> None:
    """Let charges happen as fast as the page shows them, its clock going along."""
    step_ms = _AT_ONCE * _EVERY_MS
    for start_ms in range(from_ms, to_ms, step_ms):
        number = start_ms // step_ms % 1000
        at_ms = range(start_ms, start_ms + step_ms, _EVERY_MS)
        charges = [single(ms, 100 + number, _MODELS[ms // _EVERY_MS % 3]) for ms in at_ms]
        stage.relay.records = charges[::-1]
        await dashboard.page.clock.fast_forward(step_ms)
        await stage.refresh()
        await expect(dashboard.current).to_have_text(f"{100 + number:,}")


async def _charges_kept(dashboard: Dashboard) -> int:
    """Return how many charges the heap holds, garbage not counted. Bytes would count what the compiler makes, too."""
    session = await dashboard.page.context.new_cdp_session(dashboard.page)
    prototype = await session.send("Runtime.evaluate", {"expression": "Object.prototype"})
    of = {"prototypeObjectId": prototype["result"]["objectId"]}
    objects = (await session.send("Runtime.queryObjects", of))["objects"]["objectId"]
    count = {"objectId": objects, "functionDeclaration": _COUNT, "returnByValue": True}
    kept = (await session.send("Runtime.callFunctionOn", count))["result"]["value"]
    await session.detach()
    return int(kept)
