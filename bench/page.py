"""Owns the figures of the page in a real browser: what it weighs, how soon it draws and shows news, how it idles."""

import statistics
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page

from bench.figures import show
from tests.browser.charges import crowd, work
from tests.browser.chromium import installed, launched
from tests.browser.stage import Stage, now_ms, staged

_HOUR_MS: Final = 3_600_000
_POINTS: Final = 10_000
_IDLE_S: Final = 60
_SETTLED_S: Final = 5

# Notes when the curve is drawn for the first time and again, and when news came in: two frames after the attribute that
# tells of the points has changed, they are on the screen.
_WATCH: Final = """
window.drawnMs = null;
window.newsMs = null;
window.shownMs = [];
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (name, listener, options) {
  return listen.call(this, name, (event) => {
    if (name === "usage") window.newsMs = performance.now();
    return listener(event);
  }, options);
};
let points = "0";
new MutationObserver(() => {
  const now = document.querySelector('[data-testid="usage-chart"]')?.dataset.points ?? "0";
  if (now === points) return;
  points = now;
  const begun = window.newsMs;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (window.drawnMs === null) window.drawnMs = performance.now();
    else window.shownMs.push(performance.now() - begun);
  }));
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-points"] });
"""


async def measure(directory: Path, runs: int) -> None:
    """Measure in Chromium; say so where there is none."""
    executable = installed()
    if executable is None:
        print("the page: not measured, for no Chromium is installed")
        return
    async with launched(executable) as browser:
        async with staged(directory / "first-visit") as stage:
            await _weigh(browser, stage)
        async with staged(directory / "hour") as stage:
            await stage.poll(work(now_ms(), 2 * _HOUR_MS))
            await _start(browser, stage, runs)
            await _idle(browser, stage)
        async with staged(directory / "day") as stage:
            await stage.configure(rangeMinutes=1440)
            await stage.poll(crowd(now_ms(), _POINTS))
            await _news(browser, stage, runs)


async def _weigh(browser: Browser, stage: Stage) -> None:
    page, session = await opened(browser)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await session.send("Network.enable")
    await page.goto(stage.url)
    await page.get_by_test_id("welcome-cookie-input").wait_for()
    show("the page: bytes on the wire, first visit", sum(sizes) / 1000, "KB", "<= 280", "the existing tool: 1,504 KB")
    await page.context.close()


async def _start(browser: Browser, stage: Stage, runs: int) -> None:
    times = []
    for _ in range(runs):
        page, _ = await opened(browser)
        await page.goto(stage.url)
        times.append(await value(page, "window.drawnMs"))
        await page.context.close()
    show("the page: start to a drawn curve", statistics.median(times), "ms", "<= 350", "the existing tool: 539 ms")


async def _news(browser: Browser, stage: Stage, runs: int) -> None:
    page, _ = await opened(browser)
    await page.goto(stage.url)
    await value(page, "window.drawnMs")
    for run in range(1, runs + 1):
        await stage.charge_now()
        await value(page, f"window.shownMs.length >= {run}")
    times = await page.evaluate("window.shownMs")
    show(f"the page: event to pixels, {_POINTS:,} points", statistics.median(times), "ms", "<= 60")
    await page.context.close()


async def _idle(browser: Browser, stage: Stage) -> None:
    page, session = await opened(browser)
    await session.send("Performance.enable")
    await page.goto(stage.url)
    await value(page, "window.drawnMs")
    await page.wait_for_timeout(_SETTLED_S * 1000)
    before = await _busy_s(session)
    await page.wait_for_timeout(_IDLE_S * 1000)
    busy_ms = (await _busy_s(session) - before) * 1000
    show("the page: main thread busy in an idle minute", busy_ms, "ms", "<= 100")
    await page.context.close()


async def opened(browser: Browser) -> tuple[Page, Any]:
    """Return an empty page that will note what it draws, and a line to its browser."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    await context.add_init_script(_WATCH)
    page = await context.new_page()
    return page, await context.new_cdp_session(page)


async def value(page: Page, expression: str) -> float:
    """Wait until the expression is something, and return it."""
    look = f"() => {{ const value = {expression}; value ? resolve(Number(value)) : setTimeout(look, 50); }}"
    return float(await page.evaluate(f"new Promise((resolve) => {{ const look = {look}; look(); }})"))


async def _busy_s(session: Any) -> float:  # noqa: ANN401 - Playwright's
    answer = await session.send("Performance.getMetrics")
    return next(float(metric["value"]) for metric in answer["metrics"] if metric["name"] == "TaskDuration")
