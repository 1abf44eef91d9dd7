"""What the other tests rely on to fail: complaints of a page are noticed, whichever they are."""

from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage


async def test_an_error_on_the_console_is_noticed(dashboard: Dashboard, visitor: Visitor) -> None:
    await dashboard.page.evaluate("console.error('a fault')")
    assert "a fault" in visitor.watch.forgive()[0]


async def test_an_uncaught_error_is_noticed(dashboard: Dashboard, visitor: Visitor) -> None:
    async with visitor.context.expect_event("weberror"):
        await dashboard.page.evaluate("setTimeout(() => { throw new Error('a fault') })")
    assert "a fault" in visitor.watch.forgive()[0]


async def test_an_inline_script_is_refused_and_noticed(dashboard: Dashboard, visitor: Visitor) -> None:
    script = """() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
        return window.ran;
    }"""
    assert await dashboard.page.evaluate(script) is None
    assert "Content Security Policy" in visitor.watch.forgive()[0]


async def test_a_request_to_elsewhere_is_refused_and_noticed(dashboard: Dashboard, visitor: Visitor) -> None:
    asked = await dashboard.page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')")
    assert asked == "refused"
    assert "Content Security Policy" in visitor.watch.forgive()[0]


async def test_a_refused_request_is_noticed_until_it_is_expected(
    dashboard: Dashboard, visitor: Visitor, stage: Stage
) -> None:
    await dashboard.page.evaluate("fetch('/api/refresh', { method: 'POST' })")
    assert "409" in visitor.watch.complaints()[0]
    visitor.watch.expect_status(409)
    assert visitor.watch.complaints() == []
    assert stage.relay.requests == []


async def test_everybody_has_a_browser_of_their_own(visit: Visit) -> None:
    first = await (await visit()).open()
    second = await (await visit()).open()
    await first.page.evaluate("localStorage.setItem('mine', '1')")
    assert await second.page.evaluate("localStorage.getItem('mine')") is None


async def test_the_stage_is_set_in_the_afternoon(dashboard: Dashboard) -> None:
    minutes = await dashboard.page.evaluate("new Date().getHours() * 60 + new Date().getMinutes()")
    assert 15 * 60 + 5 <= minutes <= 16 * 60 + 15
