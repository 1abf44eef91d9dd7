import pytest

from domain.errors import CookieInvalidError, CookieMissingError
from tests.web.site import Site

OFF = {
    "enabled": False,
    "state": "off",
    "lastPollAt": None,
    "lastSuccessAt": None,
    "nextPollAt": None,
    "failures": 0,
    "error": None,
}


async def test_the_switch_answers_the_task_part(site: Site) -> None:
    answer = await site.ask("PUT", "/api/task", body={"enabled": True})
    assert (answer.status, answer.json) == (200, OFF | {"enabled": True, "state": "polling"})
    answer = await site.ask("PUT", "/api/task", body={"enabled": False})
    assert (answer.status, answer.json) == (200, OFF)


@pytest.mark.parametrize(
    ("error", "code"), [(CookieMissingError(), "cookie_missing"), (CookieInvalidError(), "cookie_invalid")]
)
async def test_where_it_cannot_run_that_is_a_conflict(
    site: Site, error: CookieMissingError | CookieInvalidError, code: str
) -> None:
    site.poller.trouble = error
    answer = await site.ask("PUT", "/api/task", body={"enabled": True})
    assert (answer.status, answer.json["code"]) == (409, code)
