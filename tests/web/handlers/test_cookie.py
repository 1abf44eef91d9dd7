import logging

import pytest

from domain.errors import CookieInvalidError, StorageFullError
from tests.web.site import Site
from web.handlers.cookie import CookiePaste

NONE: dict[str, object] = {"present": False, "valid": None, "checkedAt": None, "names": []}
HELD = {"present": True, "valid": True, "checkedAt": "2025-08-25T13:20:00.000Z", "names": ["session", "theme"]}


async def test_a_paste_is_handed_on_as_one_header_value_and_its_names_are_answered(site: Site) -> None:
    answer = await site.ask("PUT", "/api/cookie", body={"cookie": "Cookie: session=s3cr3t; theme=dark\n"})
    assert (answer.status, answer.json) == (200, HELD)
    assert site.poller.given == ["session=s3cr3t; theme=dark"]


async def test_a_value_that_was_pasted_is_shown_nowhere(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = {"cookie": "session=s3cr3t; theme=s3cr3t"}
    answers = [await site.ask("PUT", "/api/cookie", body=body)]
    for path in ("/api/status", "/api/config", "/api/usage", "/api/usage/export", "/metrics", "/"):
        answers.append(await site.get(path))  # noqa: PERF401 - one after the other
    assert all(answer.status == 200 for answer in answers)
    assert not [answer for answer in answers if b"s3cr3t" in answer.body]
    assert "s3cr3t" not in caplog.text


def test_a_paste_hides_itself() -> None:
    assert "s3cr3t" not in repr(CookiePaste("session=s3cr3t"))


@pytest.mark.parametrize("paste", ["", "   ", "no pair in it", "x=" + "y" * 17_000])
async def test_a_paste_without_a_cookie_is_refused_and_changes_nothing(site: Site, paste: str) -> None:
    answer = await site.ask("PUT", "/api/cookie", body={"cookie": paste})
    assert (answer.status, answer.json["code"], answer.json["field"]) == (422, "cookie_unreadable", "cookie")
    assert not site.poller.given


async def test_deleting_answers_that_there_is_none(site: Site) -> None:
    await site.ask("PUT", "/api/cookie", body={"cookie": "session=s3cr3t"})
    answer = await site.ask("DELETE", "/api/cookie")
    assert (answer.status, answer.json) == (200, NONE)


async def test_checking_answers_what_is_known(site: Site) -> None:
    await site.ask("PUT", "/api/cookie", body={"cookie": "session=1; theme=2"})
    answer = await site.ask("POST", "/api/cookie/check")
    assert (answer.status, answer.json) == (200, HELD)


async def test_checking_without_a_cookie_is_a_conflict(site: Site) -> None:
    answer = await site.ask("POST", "/api/cookie/check")
    assert (answer.status, answer.json["code"]) == (409, "cookie_missing")


async def test_a_full_disk_is_told(site: Site) -> None:
    site.poller.trouble = StorageFullError("The disk is full. Free some space.")
    answer = await site.ask("PUT", "/api/cookie", body={"cookie": "a=b"})
    assert (answer.status, answer.json["code"]) == (507, "storage_full")


async def test_a_cookie_that_is_refused_is_a_conflict(site: Site) -> None:
    site.poller.trouble = CookieInvalidError()
    answer = await site.ask("POST", "/api/cookie/check")
    assert (answer.status, answer.json["code"]) == (409, "cookie_invalid")
