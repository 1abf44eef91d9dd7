"""The first visit: get the cookie, paste it, turn on; by mouse, and by keyboard alone."""

import re

from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import OTHER_COOKIE, Stage, now_ms
from tests.fakes.relay import CHECK, USAGE

CURL = "curl 'https://relay.example/api/user/usage' -H 'accept: */*' -b 'theme=dark; session=good'"


async def test_the_first_visit_by_mouse(dashboard: Dashboard, stage: Stage) -> None:
    stage.relay.records = [single(now_ms() - MINUTE_MS, 12)]
    await dashboard.hook("welcome-cookie-input").fill(CURL)
    await dashboard.hook("welcome-cookie-save").click()
    await stage.relay.wait_for_requests(1, CHECK)
    for name in ("theme", "session"):
        await expect(dashboard.page.get_by_text(re.compile(rf"\b{name}\b")).first).to_be_visible()
    await dashboard.hook("welcome-switch").click()
    await stage.relay.wait_for_requests(1, USAGE)
    await dashboard.shows(total="12", requests=1, points=1)
    assert stage.relay.requests[-1].cookie == "theme=dark; session=good"


async def test_the_first_visit_by_keyboard_alone(dashboard: Dashboard, stage: Stage) -> None:
    stage.relay.records = [single(now_ms() - MINUTE_MS, 12)]
    await dashboard.tab_to("welcome-cookie-input")
    await dashboard.page.keyboard.insert_text("session=good")
    await dashboard.tab_to("welcome-cookie-save")
    await dashboard.page.keyboard.press("Enter")
    await stage.relay.wait_for_requests(1, CHECK)
    await expect(dashboard.page.get_by_text(re.compile(r"\bsession\b")).first).to_be_visible()
    await dashboard.tab_to("welcome-switch")
    await dashboard.page.keyboard.press("Space")
    await expect(dashboard.switch).to_have_attribute("aria-checked", "true")
    await dashboard.shows(total="12", requests=1, points=1)


async def test_every_stop_of_the_keyboard_can_be_seen_and_has_a_name(dashboard: Dashboard) -> None:
    script = """() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
        const name = element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent
            || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent || element.title;
        const seen = outlined || style.boxShadow !== "none";
        return [element.tagName, element.outerHTML.slice(0, 120), seen, Boolean(name?.trim())];
    }"""
    stops: list[tuple[str, str, bool, bool]] = []
    await dashboard.page.keyboard.press("Tab")
    while (stop := await dashboard.page.evaluate(script))[0] != "BODY" and len(stops) < 100:
        stops.append(stop)
        await dashboard.page.keyboard.press("Tab")
    assert 5 <= len(stops) < 100
    assert [html for _, html, seen, named in stops if not (seen and named)] == []


async def test_a_bad_paste_is_told_in_words(dashboard: Dashboard, visitor: Visitor, stage: Stage) -> None:
    visitor.watch.expect_status(422)
    await dashboard.hook("welcome-cookie-input").fill("hello")
    await dashboard.hook("welcome-cookie-save").click()
    await expect(dashboard.page.get_by_role("alert").first).to_have_text(re.compile(r"\w+ \w+ \w+"))
    await expect(dashboard.hook("welcome-cookie-input")).to_have_attribute("aria-invalid", "true")
    assert stage.relay.requests == []


async def test_a_cookie_that_the_relay_refuses_is_told_at_once(dashboard: Dashboard, stage: Stage) -> None:
    stage.relay.cookies = {OTHER_COOKIE}
    await dashboard.hook("welcome-cookie-input").fill("session=dead")
    await dashboard.hook("welcome-cookie-save").click()
    await expect(dashboard.hook("welcome").get_by_text("refuses it")).to_be_visible()
    await expect(dashboard.hook("welcome-switch")).to_be_disabled()


async def test_how_to_get_the_cookie_is_shown_for_each_browser(dashboard: Dashboard) -> None:
    for browser in ("Chrome", "Edge", "Firefox", "Safari"):
        await expect(dashboard.page.get_by_text(browser).first).to_be_visible()
    await expect(dashboard.page.get_by_text(re.compile("copy as curl", re.IGNORECASE)).first).to_be_attached()


async def test_it_says_that_the_cookie_is_a_password_and_stays_here(dashboard: Dashboard) -> None:
    await expect(dashboard.page.get_by_text(re.compile("password", re.IGNORECASE)).first).to_be_visible()


async def test_nothing_of_it_is_shown_to_somebody_who_is_set_up(stage: Stage, visit: Visit) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS)])
    dashboard = await (await visit()).open()
    await dashboard.shows(points=1)
    await expect(dashboard.hook("welcome")).to_have_count(0)


async def test_the_steps_speak_chinese_to_who_reads_chinese(visit: Visit) -> None:
    dashboard = await (await visit(locale="zh-CN")).open()
    await expect(dashboard.page.get_by_text(re.compile("密码")).first).to_be_visible()
    await expect(dashboard.hook("welcome-cookie-save")).to_have_text(re.compile("[\u4e00-\u9fff]"))
