"""The cookie is a password, and what people spend is their own business: neither leaves the page."""

import json
from typing import Final

from playwright.async_api import Locator, Request, expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms

CANARY: Final = "canary-5f1c9e"
KEPT: Final = """async () => {
    const databases = (await indexedDB.databases?.()) ?? [];
    const cached = await caches.keys();
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    return JSON.stringify({
        local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, name: window.name,
        address: location.href, history: history.state, title: document.title, databases, cached, fields,
        page: document.documentElement.outerHTML,
    });
}"""


async def test_the_cookie_is_nowhere_after_the_first_visit(dashboard: Dashboard) -> None:
    await _save(dashboard.hook("welcome-cookie-input"), dashboard.hook("welcome-cookie-save"))
    await expect(dashboard.hook("welcome-cookie-input")).to_have_value("")
    assert await _traces(dashboard) == []


async def test_the_cookie_is_nowhere_after_it_was_replaced(dashboard: Dashboard, stage: Stage) -> None:
    await stage.give_cookie()
    settings = await dashboard.open_settings()
    await _save(settings.get_by_test_id("cookie-input"), settings.get_by_test_id("cookie-save"))
    await expect(settings.get_by_test_id("cookie-input")).to_have_value("")
    assert await _traces(dashboard) == []


async def test_the_cookie_is_nowhere_after_the_demand(dashboard: Dashboard, stage: Stage) -> None:
    await stage.poll([])
    await stage.kill_cookie()
    stage.relay.cookies = None
    await _save(dashboard.demand.get_by_test_id("cookie-input"), dashboard.demand.get_by_test_id("cookie-save"))
    await expect(dashboard.demand).to_be_hidden()
    assert await _traces(dashboard) == []


async def test_a_cookie_that_was_refused_is_nowhere_once_its_dialog_is_closed(
    dashboard: Dashboard, stage: Stage
) -> None:
    await stage.poll([])
    await stage.kill_cookie()
    await _save(dashboard.demand.get_by_test_id("cookie-input"), dashboard.demand.get_by_test_id("cookie-save"))
    await expect(dashboard.demand.get_by_role("alert").first).to_be_visible()
    await dashboard.page.keyboard.press("Escape")
    await expect(dashboard.demand).to_be_hidden()
    assert await _traces(dashboard) == []


async def test_no_browser_offers_to_remember_the_cookie(dashboard: Dashboard) -> None:
    field = dashboard.hook("welcome-cookie-input")
    await expect(field).to_have_attribute("autocomplete", "off")
    await expect(field).to_have_attribute("spellcheck", "false")


async def test_nobody_but_the_server_is_asked_for_anything(visitor: Visitor, stage: Stage) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    visitor.context.on("request", note)
    await stage.poll([single(now_ms() - MINUTE_MS)])
    dashboard = await visitor.open()
    await dashboard.shows(points=1)
    for minutes in (1440, 43_200, 60):
        await dashboard.choose(minutes)
    await dashboard.open_settings()
    assert len(asked) > 4
    assert {url for url in asked if not url.startswith((stage.url, "data:", "blob:"))} == set()


async def _save(field: Locator, save: Locator) -> None:
    await field.fill(f"session={CANARY}")
    await save.click()


async def _traces(dashboard: Dashboard) -> list[str]:
    """Return the names of what holds the cookie; what else they hold is nobody's business."""
    kept: dict[str, object] = json.loads(await dashboard.page.evaluate(KEPT))
    return [name for name, what in kept.items() if CANARY in json.dumps(what)]
