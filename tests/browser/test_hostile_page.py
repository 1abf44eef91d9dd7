"""A hostile web page in the same browser tries everything that a page can try, and gets nothing.

It is on another port, at another of our names, or at a name that was rebound to us. What it can still learn is that
something listens there: a browser tells pages how long a request takes, and whether it was refused.
"""

from collections.abc import AsyncIterator
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Route

from tests.browser.charges import MINUTE_MS, single
from tests.browser.chromium import installed, launched
from tests.browser.hostile.site import CARELESS, HERE, PAGE, hostile_site
from tests.browser.stage import Stage, now_ms

CANARY: Final = "canary-model-4e7d"
OURS: Final = (
    CANARY,
    "intervalSeconds",
    "creditsUsed",
    "ccurve_",
    '"status":"ok"',
    "<title>CCurve",
    "host_not_allowed",
)
"""What only our answers hold, refusals included."""

_REBOUND: Final = (
    "--host-resolver-rules=MAP evil.example 127.0.0.1",
    # Newer browsers keep pages from elsewhere out of this machine by themselves; it must hold without.
    "--disable-features=LocalNetworkAccessChecks",
)
Loot: TypeAlias = dict[str, str]


@pytest_asyncio.fixture(loop_scope="session")
async def rebound(browser: Browser) -> AsyncIterator[Browser]:
    """Return a browser for which the name of a hostile site leads to this machine."""
    assert browser.is_connected()  # there is one
    executable = installed()
    assert executable is not None
    async with launched(executable, *_REBOUND) as rebound:
        yield rebound


@pytest_asyncio.fixture(loop_scope="session")
async def victim(rebound: Browser, stage: Stage) -> AsyncIterator[BrowserContext]:
    """Return a person's browser in which CCurve is open and has something to hide."""
    await stage.give_cookie()
    stage.relay.records = [single(now_ms() - MINUTE_MS, model=CANARY)]
    await stage.refresh()
    context = await rebound.new_context()
    page = await context.new_page()
    await page.goto(stage.url)
    yield context
    await context.close()


async def attacked(context: BrowserContext, address: str, target: str, only: str = "") -> Loot:
    """Open the hostile page; return what each of its attempts could read, once it has tried all, or only some."""
    page = await context.new_page()
    await page.goto(f"{address}/?target={target}&only={only}", wait_until="commit")
    await page.wait_for_function("window.loot", timeout=300_000)
    loot: Loot = dict(await page.evaluate("window.loot"))
    assert got(loot, "no answer") == {}
    return loot


async def standing(stage: Stage) -> tuple[Any, Any, int]:
    return await stage.api.get("/api/status"), await stage.api.get("/api/config"), len(stage.relay.requests)


def got(loot: Loot, *secrets: str) -> Loot:
    return {name: read for name, read in loot.items() if any(secret in read for secret in secrets)}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "evil.example"])
async def test_a_page_of_another_port_or_name_gets_nothing_and_changes_nothing(
    victim: BrowserContext, stage: Stage, name: str
) -> None:
    before = await standing(stage)
    async with hostile_site() as port:
        loot = await attacked(victim, f"http://{name}:{port}", stage.url)
    assert len(loot) > 400
    assert got(loot, *OURS, f"address: {stage.url}") == {}
    assert await standing(stage) == before


async def test_a_page_whose_name_was_rebound_to_us_gets_nothing_but_refusals(
    victim: BrowserContext, stage: Stage
) -> None:
    before = await standing(stage)
    target = stage.url.replace("127.0.0.1", "evil.example")

    async def from_elsewhere(route: Route) -> None:
        """Answer what the site had answered before its name was rebound."""
        name = urlsplit(route.request.url).path.rpartition("/")[2]
        text = (HERE / name).read_text(encoding="utf-8") if name else PAGE
        await route.fulfill(body=text, content_type="text/javascript" if name else "text/html")

    await victim.route(lambda url: url.startswith((f"{target}/?target=", f"{target}/attempts.js")), from_elsewhere)
    loot = await attacked(victim, target, target)
    refused = got(loot, "host_not_allowed")
    assert len(refused) > 100
    assert got(loot, *OURS[:-1]) == {}
    assert await standing(stage) == before


async def test_what_a_page_sees_of_failures_does_not_tell_what_is_stored(stage: Stage, rebound: Browser) -> None:
    context = await rebound.new_context()
    async with hostile_site() as port:
        address, events = f"http://127.0.0.1:{port}", "^(image|script|style|object|audio|video|import|socket|stream) "
        fresh = await attacked(context, address, stage.url, events)
        await stage.poll([single(now_ms() - MINUTE_MS, model=CANARY)])
        used = await attacked(context, address, stage.url, events)
    await context.close()
    assert len(fresh) > 40
    assert {name: (read, used[name]) for name, read in fresh.items() if read != used[name]} == {}


async def test_the_attempts_succeed_where_everybody_is_let_in(rebound: Browser) -> None:
    context = await rebound.new_context()
    async with hostile_site() as port:
        careless = f"http://127.0.0.1:{port}/careless"
        loot = await attacked(context, f"http://127.0.0.1:{port}", careless, "^(?!(form|window|speculation))")
        elsewhere = await attacked(context, f"http://localhost:{port}", careless, "^fetch")
    await context.close()
    ways = {name.split(" /")[0] for name in got(loot, CARELESS)}
    assert {"fetch cors include", "fetch same-origin omit", "XMLHttpRequest", "cache", "frame", "stream true"} <= ways
    assert {"worker that fetches", "service worker of ours", "frame by way of ourselves"} <= ways
    assert "fetch cors omit" in {name.split(" /")[0] for name in got(elsewhere, CARELESS)}
