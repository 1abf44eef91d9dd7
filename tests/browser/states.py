"""Owns the states in which people meet the page: how each comes about, behind the page and on it.

What is looked at in each is the tests' (accessibility, widths) and the screenshots'.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from playwright.async_api import Route, expect

from tests.browser.charges import DAY_MS, HOUR_MS, MINUTE_MS, crowd, single, work
from tests.browser.dashboard import Dashboard
from tests.browser.stage import Stage, now_ms

KEY: Final = "right-key-of-a-test"

Arrange: TypeAlias = Callable[[Stage], Awaitable[None]]
Show: TypeAlias = Callable[[Stage, Dashboard], Awaitable[None]]


async def _as_it_is(_stage: Stage, _dashboard: Dashboard) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class State:
    """`arrange` happens once, before the page is opened, `show` on each open page.

    `floats` says that what matters floats above the page, `demo` that the program runs against its own relay, `gone`
    that `show` ends the program, which whoever shows it starts again; with a `key` it is asked for, and `show` locks
    the page, which whoever shows it unlocks again.
    """

    name: str
    arrange: Arrange
    show: Show = _as_it_is
    floats: bool = False
    demo: bool = False
    gone: bool = False
    key: str | None = None

    @property
    def passes(self) -> bool:
        """Whether it has to be shown anew for each look, because the page hears of nothing while it is shown."""
        return self.gone or self.key is not None


async def nothing(_stage: Stage) -> None:
    """Leave everything as it is at the first visit."""


async def empty(stage: Stage) -> None:
    await stage.poll([])


async def one_charge(stage: Stage) -> None:
    await stage.poll([single(now_ms() - 20 * MINUTE_MS, "12.5")])


async def worked(stage: Stage) -> None:
    """Have thirty days of one developer behind us."""
    await stage.poll(work(now_ms(), 30 * DAY_MS))


async def crowded(stage: Stage) -> None:
    """Have 10,000 charges within the last day behind us."""
    await stage.poll(crowd(now_ms(), 10_000))


async def with_a_gap(stage: Stage) -> None:
    """Have missed most of half an hour, in the midst of the last hour."""
    charges = work(now_ms(), 6 * HOUR_MS)
    times = [now_ms() - minutes * MINUTE_MS for minutes in (38, 12)]
    edge = [single(at) for at in times]
    older = [row for row in charges if row["createdAt"] < edge[0]["createdAt"]]
    newer = [row for row in charges if row["createdAt"] > edge[1]["createdAt"]]
    await stage.poll([edge[0], *older])
    await stage.poll([*newer, edge[1]])
    assert (await stage.api.get("/api/status"))["usage"]["gaps"], "the relay's answers have left no gap"


def within(minutes: int, arranged: Arrange = worked, **config: object) -> Arrange:
    """Return what arranges that this many minutes are looked at."""

    async def arrange(stage: Stage) -> None:
        await arranged(stage)
        await stage.configure(rangeMinutes=minutes, **config)

    return arrange


async def without_relay(stage: Stage) -> None:
    await worked(stage)
    await stage.lose_relay()


async def with_dead_cookie(stage: Stage) -> None:
    await worked(stage)
    await stage.kill_cookie()


async def _tooltip(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.hover_over_chart(0.7)


async def _zoomed(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.drag_over_chart(0.35, 0.7)
    await dashboard.page.mouse.move(0, 0)


async def _custom_range(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.hook("range-custom").click()
    await expect(dashboard.hook("range-from")).to_be_visible()


async def _settings(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.open_settings()


async def _demand(_stage: Stage, dashboard: Dashboard) -> None:
    await expect(dashboard.demand).to_be_visible()


async def _shortcuts(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.page.keyboard.press("?")
    await expect(dashboard.page.get_by_role("dialog")).to_be_visible()


async def _gone(stage: Stage, dashboard: Dashboard) -> None:
    await stage.kill()
    await expect(dashboard.connection).to_have_attribute("data-state", "closed")
    await expect(dashboard.hook("server-gone")).to_be_visible()


async def _locked(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.lock()


async def _refused(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.lock()
    await dashboard.unlock("no key at all")
    await expect(dashboard.hook("access-input")).to_have_attribute("aria-invalid", "true")


async def too_many(dashboard: Dashboard, wait_s: int) -> None:
    """Have the next key answered as the server answers too many wrong ones, and the page wait for so long.

    From the server itself it would be a minute, in which it lets nobody in from here.
    """

    async def refuse(route: Route) -> None:
        problem = {"type": "about:blank", "title": "Too Many Requests", "status": 429, "detail": "Too many wrong keys."}
        await route.fulfill(
            status=429,
            headers={"Retry-After": str(wait_s)},
            content_type="application/problem+json",
            json=problem | {"code": "too_many_attempts"},
        )

    await dashboard.page.route("**/api/session", refuse, times=1)
    await dashboard.unlock("no key at all")
    await expect(dashboard.locked.get_by_role("timer")).to_be_visible()


async def _too_many(_stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.lock()
    await too_many(dashboard, wait_s=600)


async def _locked_and_gone(stage: Stage, dashboard: Dashboard) -> None:
    await dashboard.lock()
    await stage.kill()
    await dashboard.unlock("no key at all")
    await expect(dashboard.locked.get_by_role("status")).to_be_visible()


async def _leaving(_stage: Stage, dashboard: Dashboard) -> None:
    await (await dashboard.open_settings()).get_by_test_id("access-end").scroll_into_view_if_needed()


async def _demo(_stage: Stage, dashboard: Dashboard) -> None:
    await expect(dashboard.hook("demo-banner")).to_be_visible()
    await expect(dashboard.chart).not_to_have_attribute("data-points", "0")


STATES: Final = (
    State("first-visit", nothing),
    State("empty", empty),
    State("one-charge", one_charge),
    State("busy-hour", worked),
    State("busy-day", within(1440, crowded)),
    State("30-days", within(43_200)),
    State("chart-rate", within(180, chartMode="rate")),
    State("chart-cumulative", within(180, chartMode="cumulative")),
    State("tooltip", within(180, chartMode="cumulative"), _tooltip, floats=True),
    State("zoomed", within(180), _zoomed),
    State("gap", with_a_gap),
    State("custom-range", worked, _custom_range),
    State("settings", worked, _settings, floats=True),
    State("cookie-dialog", with_dead_cookie, _demand, floats=True),
    State("shortcuts", worked, _shortcuts, floats=True),
    State("relay-down", without_relay),
    State("server-gone", worked, _gone, gone=True),
    State("access-dialog", worked, _locked, floats=True, key=KEY),
    State("access-refused", worked, _refused, floats=True, key=KEY),
    State("access-too-many", worked, _too_many, floats=True, key=KEY),
    State("access-gone", worked, _locked_and_gone, floats=True, gone=True, key=KEY),
    State("access-end", worked, _leaving, floats=True, key=KEY),
    State("demo", nothing, _demo, demo=True),
)
