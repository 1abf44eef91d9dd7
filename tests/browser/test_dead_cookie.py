"""A dead cookie is told at once and clearly, costs no data, and a relay that is down is not one."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import COOKIE, OTHER_COOKIE, Stage, now_ms
from tests.e2e.page import Page
from tests.fakes.relay import CHECK, USAGE, Exchange, normal


async def test_a_dead_cookie_is_asked_for_at_once_over_a_curve_that_stays(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await expect(dashboard.demand).to_be_visible()
    await expect(dashboard.demand.get_by_test_id("cookie-input")).to_be_focused()
    await expect(dashboard.chart).to_be_visible()
    await dashboard.shows(total="40", points=1)


async def test_a_new_cookie_ends_the_demand_and_polling_goes_on(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    stage.relay.records.insert(0, single(now_ms(), 2))
    await dashboard.demand.get_by_test_id("cookie-input").fill(OTHER_COOKIE)
    await dashboard.demand.get_by_test_id("cookie-save").click()
    await expect(dashboard.demand).to_be_hidden()
    await dashboard.shows(total="42", requests=2)
    await expect(dashboard.switch).to_have_attribute("aria-checked", "true")


async def test_a_cookie_that_is_refused_too_is_told_in_the_dialog(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await dashboard.demand.get_by_test_id("cookie-input").fill("session=as-dead")
    await dashboard.demand.get_by_test_id("cookie-save").click()
    await expect(dashboard.demand.get_by_role("status").get_by_text("refuses it")).to_be_visible()


async def test_what_is_no_cookie_is_told_in_the_dialog(stage: Stage, dashboard: Dashboard, visitor: Visitor) -> None:
    visitor.watch.expect_status(422)
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await dashboard.demand.get_by_test_id("cookie-input").fill("hello")
    await dashboard.demand.get_by_test_id("cookie-save").click()
    await expect(dashboard.demand.get_by_test_id("cookie-input")).to_have_attribute("aria-invalid", "true")
    await expect(dashboard.demand.get_by_test_id("cookie-input")).to_have_accessible_description(re.compile(r"\w+ \w+"))


async def test_the_demand_goes_away_when_another_program_gives_a_cookie(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await expect(dashboard.demand).to_be_visible()
    await stage.give_cookie(OTHER_COOKIE)
    await expect(dashboard.demand).to_be_hidden()


async def test_every_tab_asks_and_one_answer_is_enough(stage: Stage, dashboard: Dashboard, visitor: Visitor) -> None:
    other = await visitor.open()
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await expect(dashboard.demand).to_be_visible()
    await other.demand.get_by_test_id("cookie-input").fill(OTHER_COOKIE)
    await other.demand.get_by_test_id("cookie-save").click()
    await expect(dashboard.demand).to_be_hidden()
    await expect(other.demand).to_be_hidden()


async def test_the_demand_can_be_put_off_and_found_again(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await expect(dashboard.demand).to_be_visible()
    await dashboard.page.keyboard.press("Escape")
    await expect(dashboard.demand).to_be_hidden()
    await dashboard.open_settings()
    await expect(dashboard.settings.get_by_test_id("cookie-input")).to_be_visible()


async def test_a_page_that_opens_after_the_cookie_died_asks_too(stage: Stage, visit: Visit) -> None:
    await stage.poll([])
    await stage.kill_cookie()
    dashboard = await (await visit()).open()
    await expect(dashboard.demand).to_be_visible()


async def test_a_relay_that_dies_while_the_dialog_is_open_is_told_in_its_place(
    stage: Stage, dashboard: Dashboard
) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await expect(dashboard.demand).to_be_visible()
    await stage.relay.go_down()
    await dashboard.demand.get_by_test_id("cookie-input").fill(OTHER_COOKIE)
    await dashboard.demand.get_by_test_id("cookie-save").click()
    # Nobody knows whether the relay takes it: what is the matter now is the relay.
    await expect(dashboard.hook("relay-down")).to_be_visible()
    await expect(dashboard.demand).to_be_hidden()
    await _polled_in_vain(stage)
    await stage.relay.come_back()
    await stage.charge_now(2)
    await expect(dashboard.hook("relay-down")).to_have_count(0)
    await dashboard.shows(total="42")
    await expect(dashboard.demand).to_be_hidden()


async def test_a_relay_that_is_back_and_refuses_that_cookie_too_brings_the_dialog_back(
    stage: Stage, dashboard: Dashboard
) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await stage.relay.go_down()
    await dashboard.demand.get_by_test_id("cookie-input").fill("session=as-dead")
    await dashboard.demand.get_by_test_id("cookie-save").click()
    await expect(dashboard.demand).to_be_hidden()
    await _polled_in_vain(stage)
    await stage.relay.come_back()
    # Not by the page's button, which the dialog is above once the poll that is due by itself was the quicker one.
    await stage.api.call("POST", "/api/refresh")
    await expect(dashboard.demand).to_be_visible()


async def test_the_save_button_is_busy_while_the_relay_is_asked(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    answers = asyncio.Event()

    async def slow(exchange: Exchange) -> None:
        await answers.wait()
        await normal(exchange)

    stage.relay.behave(CHECK, slow)
    await dashboard.demand.get_by_test_id("cookie-input").fill(OTHER_COOKIE)
    save = dashboard.demand.get_by_test_id("cookie-save")
    await save.click()
    await expect(save).to_have_attribute("aria-busy", "true")
    answers.set()
    await expect(dashboard.demand).to_be_hidden()


async def test_nothing_more_is_sent_to_the_relay_while_the_cookie_is_dead(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.kill_cookie()
    await expect(dashboard.demand).to_be_visible()
    sent = len(stage.relay.requests)
    await dashboard.page.reload()
    await expect(dashboard.demand).to_be_visible()
    assert len(stage.relay.requests) == sent


async def _with_one_charge(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - 10 * MINUTE_MS, 40)])
    await dashboard.shows(total="40", requests=1, points=1)
    assert stage.relay.requests_to(USAGE)[-1].cookie == COOKIE


async def _polled_in_vain(stage: Stage) -> None:
    """Wait for the poll that follows a new cookie: who asks for one meanwhile shares it."""
    page = Page()
    async with page.follow(stage.url):
        await page.until(lambda page: page.status["task"]["failures"])
