"""The settings: saved as changed, told to every page, and undone when refused."""

from typing import NamedTuple

import pytest
from playwright.async_api import Route, expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.dashboard import Dashboard, Visitor
from tests.browser.stage import COOKIE, OTHER_COOKIE, Stage, now_ms
from tests.fakes.relay import CHECK


class Control(NamedTuple):
    """What a person chooses where, and what is saved then."""

    hook: str
    option: str
    field: str
    saved: object


CONTROLS = (
    Control("interval-select", "300", "intervalSeconds", 300),
    Control("time-zone-select", "Asia/Tokyo", "timeZone", "Asia/Tokyo"),
    Control("locale-select", "zh-CN", "locale", "zh-CN"),
    Control("theme-select", "dark", "theme", "dark"),
    Control("retention-select", "90", "retentionDays", 90),
)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.hook)
async def test_a_setting_is_saved_as_it_is_changed(dashboard: Dashboard, stage: Stage, control: Control) -> None:
    settings = await dashboard.open_settings()
    async with dashboard.saved():
        await settings.get_by_test_id(control.hook).select_option(control.option)
    assert (await stage.api.get("/api/config"))[control.field] == control.saved
    await dashboard.page.reload()
    await dashboard.open_settings()
    await expect(dashboard.settings.get_by_test_id(control.hook)).to_have_value(control.option)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.hook)
async def test_a_setting_that_is_refused_is_undone_and_the_refusal_told(
    dashboard: Dashboard, visitor: Visitor, stage: Stage, control: Control
) -> None:
    visitor.watch.expect_status(507)

    async def refuse(route: Route) -> None:
        if route.request.method != "PATCH":
            await route.fallback()
            return
        problem = {
            "type": "about:blank",
            "title": "full",
            "status": 507,
            "detail": "Make room.",
            "code": "storage_full",
        }
        await route.fulfill(status=507, json=problem, content_type="application/problem+json")

    settings = await dashboard.open_settings()
    before = await settings.get_by_test_id(control.hook).input_value()
    await dashboard.page.route("**/api/config", refuse)
    await settings.get_by_test_id(control.hook).select_option(control.option)
    await expect(settings.get_by_role("alert").first).to_be_visible()
    await expect(settings.get_by_test_id(control.hook)).to_have_value(before)
    assert (await stage.api.get("/api/config"))[control.field] != control.saved


async def test_settings_follow_what_another_program_changes(dashboard: Dashboard, stage: Stage) -> None:
    settings = await dashboard.open_settings()
    await stage.configure(intervalSeconds=900, theme="dark")
    await expect(settings.get_by_test_id("interval-select")).to_have_value("900")
    await expect(settings.get_by_test_id("theme-select")).to_have_value("dark")


async def test_an_interval_of_ones_own_that_no_option_has_is_shown_as_it_is(dashboard: Dashboard, stage: Stage) -> None:
    await stage.configure(intervalSeconds=77)
    settings = await dashboard.open_settings()
    await expect(settings.get_by_test_id("interval-select")).to_have_value("77")


async def test_the_cookie_is_replaced_and_its_names_are_told(dashboard: Dashboard, stage: Stage) -> None:
    await stage.give_cookie()
    settings = await dashboard.open_settings()
    await settings.get_by_test_id("cookie-input").fill("token=1; session=better")
    await settings.get_by_test_id("cookie-save").click()
    await expect(settings.get_by_text("token").first).to_be_visible()
    await expect(settings.get_by_test_id("cookie-input")).to_have_value("")
    assert (await stage.api.get("/api/status"))["cookie"]["names"] == ["token", "session"]


async def test_the_cookie_is_deleted_only_when_the_question_is_answered(dashboard: Dashboard, stage: Stage) -> None:
    await stage.poll([single(now_ms() - MINUTE_MS)])
    settings = await dashboard.open_settings()
    await settings.get_by_test_id("cookie-delete").click()
    assert (await stage.api.get("/api/status"))["cookie"]["present"] is True
    await settings.get_by_test_id("cookie-delete-confirm").click()
    await expect(settings.get_by_test_id("cookie-delete")).to_have_count(0)
    assert (await stage.api.get("/api/status"))["cookie"] == {
        "present": False,
        "valid": None,
        "checkedAt": None,
        "names": [],
    }


async def test_the_cookie_is_checked_when_somebody_wants_it(dashboard: Dashboard, stage: Stage) -> None:
    await stage.give_cookie(COOKIE)
    checks = len(stage.relay.requests_to(CHECK))
    settings = await dashboard.open_settings()
    stage.relay.cookies = {OTHER_COOKIE}
    await settings.get_by_test_id("cookie-check").click()
    await stage.relay.wait_for_requests(checks + 1, CHECK)
    await expect(settings.get_by_text("refuse").first).to_be_visible()


async def test_the_settings_close_by_escape_and_give_the_focus_back(dashboard: Dashboard) -> None:
    await dashboard.open_settings()
    await dashboard.page.keyboard.press("Escape")
    await expect(dashboard.settings).to_be_hidden()
    await expect(dashboard.hook("settings-button")).to_be_focused()


async def test_the_settings_tell_the_version(dashboard: Dashboard, stage: Stage) -> None:
    version = (await stage.api.get("/api/status"))["version"]
    settings = await dashboard.open_settings()
    await expect(settings.get_by_text(version).first).to_be_attached()
