"""Owns the page as a person meets it: its hooks by name, what it shows as values, and the movements of a hand.

What is behind the page is `stage`'s.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any, Final, Literal

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.stage import Stage
from tests.browser.watch import Watch

PATIENCE_MS: Final = 15_000
"""How long a test waits for what never comes, before it fails."""

Theme = Literal["light", "dark"]

_NUMBER: Final = re.compile(r"-?\d[\d,\u202f\u00a0]*(\.\d+)?")

expect.set_options(timeout=PATIENCE_MS)


class Dashboard:
    """One page, once it is open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.connection = self.hook("connection")
        self.switch = self.hook("task-switch")
        self.refresh = self.hook("refresh-button")
        self.chart = self.hook("usage-chart")
        self.total = self.hook("window-total")
        self.requests = self.hook("window-requests")
        self.current = self.hook("current-value")
        self.table = self.hook("usage-table")
        self.demand = self.hook("cookie-dialog")
        self.settings = self.hook("settings-dialog")
        self.locked = self.hook("access-dialog")

    def hook(self, name: str) -> Locator:
        """Return what has this `data-testid`."""
        return self.page.get_by_test_id(name)

    def toggle(self, model: str) -> Locator:
        """Return the toggle of a model."""
        return self.page.locator(f'[data-testid="model-toggle"][data-model="{model}"]')

    async def live(self) -> None:
        """Wait until the stream is open and what came first is shown."""
        await expect(self.connection).to_have_attribute("data-state", "open")

    async def unlock(self, key: str) -> None:
        """Give the access key."""
        await self.hook("access-input").fill(key)
        await self.hook("access-submit").click()

    async def come_in(self, key: str | None) -> None:
        """Wait until it is live; give the key where it is asked for."""
        if key is not None:
            is_live = self.page.locator('[data-testid="connection"][data-state="open"]')
            await expect(self.locked.or_(is_live)).to_be_visible()
            if await self.locked.is_visible():
                await self.unlock(key)
        await self.live()

    async def lock(self) -> None:
        """End the session, by hand."""
        await (await self.open_settings()).get_by_test_id("access-end").click()
        await expect(self.locked).to_be_visible()

    async def shows(self, *, total: str | None = None, requests: int | None = None, points: int | None = None) -> None:
        """Wait until the numbers are these, whatever separates their thousands."""
        if total is not None:
            await expect(self.total).to_have_text(_as_written(total))
        if requests is not None:
            await expect(self.requests).to_have_text(_as_written(str(requests)))
        if points is not None:
            await expect(self.chart).to_have_attribute("data-points", str(points))

    async def draws(self, *models: str) -> None:
        """Wait until just these models are drawn, in whatever order."""
        any_order = "".join(rf"(?=(.*,)?{re.escape(model)}(,|$))" for model in models)
        names = ",".join(["[^,]+"] * len(models))
        await expect(self.chart).to_have_attribute("data-series", re.compile(f"^{any_order}{names}$"))

    async def points(self) -> int:
        """Return how many points are drawn."""
        return int(await self.chart.get_attribute("data-points") or 0)

    async def choose(self, minutes: int) -> None:
        """Choose a range, and wait until it is chosen."""
        await self.hook(f"range-{minutes}").click()
        await expect(self.hook(f"range-{minutes}")).to_have_attribute("aria-pressed", "true")

    async def open_settings(self) -> Locator:
        await self.hook("settings-button").click()
        await expect(self.settings).to_be_visible()
        return self.settings

    @asynccontextmanager
    async def saved(self) -> AsyncIterator[None]:
        """Wait at the end of the block until the server has answered a change of the configuration."""
        async with self.page.expect_response(lambda answer: answer.request.method == "PATCH"):
            yield

    async def chart_box(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height of the chart, scrolled into view."""
        await self.chart.scroll_into_view_if_needed()
        box = await self.chart.bounding_box()
        assert box is not None, "the chart is not there"
        return box["x"], box["y"], box["width"], box["height"]

    async def drag_over_chart(self, start: float, end: float) -> None:
        """Drag from one share of the chart's width to another, as a hand does: in steps."""
        left, top, width, height = await self.chart_box()
        middle = top + height * 0.5
        await self.page.mouse.move(left + width * start, middle)
        await self.page.mouse.down()
        for step in range(1, 9):
            await self.page.mouse.move(left + width * (start + (end - start) * step / 8), middle)
        await self.page.mouse.up()

    async def hover_over_chart(self, share: float) -> None:
        """Rest the pointer at this share of the chart's width."""
        left, top, width, height = await self.chart_box()
        await self.page.mouse.move(left + width * share - 3, top + height * 0.5)
        await self.page.mouse.move(left + width * share, top + height * 0.5)

    async def is_dark(self) -> bool:
        """Tell whether the ground is darker than what is written on it."""
        script = """() => {
            const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const light = (colour) => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part, 0);
            };
            const style = getComputedStyle(document.body);
            const ground = [document.body, document.documentElement]
                .map((element) => getComputedStyle(element).backgroundColor)
                .find((colour) => !/^rgba\\(0, 0, 0, 0\\)$|transparent/.test(colour));
            return light(ground ?? "white") < light(style.color);
        }"""
        return bool(await self.page.evaluate(script))

    async def is_in(self, theme: str) -> None:
        """Wait until the page is in this theme."""
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while await self.is_dark() is not (theme == "dark"):  # noqa: ASYNC110 - a look has no event
                await asyncio.sleep(0.02)

    async def tab_to(self, hook: str) -> None:
        """Press the tabulator until what has this `data-testid` has the focus."""
        focused = "() => document.activeElement?.dataset.testid"
        for _ in range(100):
            if await self.page.evaluate(focused) == hook:
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{hook} cannot be reached by keyboard")

    async def scrolls_sideways(self) -> bool:
        """Tell whether the page is wider than the screen, and stays so: what is drawn follows a frame or two later."""
        script = """async () => {
            const { documentElement: root } = document;
            for (let frame = 0; frame < 60 && root.scrollWidth > root.clientWidth; frame += 1)
                await new Promise(requestAnimationFrame);
            return root.scrollWidth > root.clientWidth;
        }"""
        return bool(await self.page.evaluate(script))


class Visitor:
    """Somebody's browser: all its pages share what browsers share between tabs. `watch` notes what goes wrong."""

    def __init__(self, context: BrowserContext, stage: Stage) -> None:
        self.context = context
        self.watch = Watch(context, stage.url)
        self.url = stage.url
        self._key = stage.key
        if stage.key is not None:
            self.watch.expect_status(401)

    async def tab(self) -> Dashboard:
        """Open a tab, with nothing in it yet."""
        return Dashboard(await self.context.new_page())

    async def open(self) -> Dashboard:
        """Open the dashboard in a new tab, give the key where it is asked for, and wait until it is live."""
        dashboard = await self.tab()
        await dashboard.page.goto(self.url)
        await dashboard.come_in(self._key)
        return dashboard


@asynccontextmanager
async def visiting(browser: Browser, stage: Stage, **options: Any) -> AsyncIterator[Visitor]:  # noqa: ANN401 - Playwright's
    """Open a browser of its own for somebody in the stage's zone, who reads English unless `options` say otherwise."""
    context = await browser.new_context(**{"timezone_id": stage.zone, "locale": "en-GB"} | options)
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield Visitor(context, stage)
    finally:
        await context.close()


def value(text: str) -> Decimal:
    """Return the first number in a text, whatever separates its thousands."""
    found = _NUMBER.search(text)
    assert found, f"no number in {text!r}"
    return Decimal(re.sub(r"[^\d.-]", "", found[0]))


def _as_written(number: str) -> re.Pattern[str]:
    """Return what finds a number in a text, with or without separators between its thousands."""
    whole, _, rest = number.partition(".")
    digits = r"[,\s]?".join(whole)
    return re.compile(rf"(?<![\d.,]){digits}{re.escape('.' + rest) if rest else ''}(?![\d.,]*\d)")
