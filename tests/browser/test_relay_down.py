"""A relay that is down: a quiet banner with the reason, the last success and the next try, and never the dialog."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import Stage, now_ms
from tests.fakes import relay as fakes
from tests.fakes.relay import USAGE, Behaviour


async def test_a_relay_that_is_down_is_told_without_the_dialog(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.lose_relay()
    banner = dashboard.hook("relay-down")
    await expect(banner).to_be_visible()
    await expect(banner).to_contain_text(re.compile(r"\d\d:\d\d"))
    await expect(dashboard.demand).to_have_count(0)
    await dashboard.shows(total="40", points=1)


@pytest.mark.parametrize(
    "behaviour", [fakes.status(503), fakes.garbage, fakes.other_page, fakes.answer_with(b"{}")], ids=str
)
async def test_a_relay_that_is_confused_is_no_dead_cookie(
    stage: Stage, dashboard: Dashboard, behaviour: Behaviour
) -> None:
    await _with_one_charge(stage, dashboard)
    stage.relay.behave(USAGE, behaviour)
    status, _ = await stage.api.call("POST", "/api/refresh")
    assert status == 502
    await expect(dashboard.hook("relay-down")).to_be_visible()
    await expect(dashboard.demand).to_have_count(0)


async def test_the_banner_goes_when_the_relay_is_back(stage: Stage, dashboard: Dashboard) -> None:
    await _with_one_charge(stage, dashboard)
    await stage.lose_relay()
    banner = dashboard.hook("relay-down")
    await expect(banner).to_be_visible()
    await stage.relay.come_back()
    await stage.charge_now(2)
    await expect(banner).to_have_count(0)
    await dashboard.shows(total="42", requests=2)


async def test_a_refresh_by_hand_that_fails_says_why(stage: Stage, dashboard: Dashboard, visitor: Visitor) -> None:
    visitor.watch.expect_status(502)
    await _with_one_charge(stage, dashboard)
    await stage.relay.go_down()
    await dashboard.refresh.click()
    await expect(dashboard.hook("top-problem")).to_be_visible()
    await expect(dashboard.hook("relay-down")).to_be_visible()


async def _with_one_charge(stage: Stage, dashboard: Dashboard) -> None:
    await stage.poll([single(now_ms() - 10 * MINUTE_MS, 40)])
    await dashboard.shows(total="40", requests=1, points=1)
