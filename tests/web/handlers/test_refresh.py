import pytest

from domain.errors import (
    CCurveError,
    CookieMissingError,
    UpstreamRefusedError,
    UpstreamUnavailableError,
    UpstreamUnexpectedError,
)
from tests.web.site import Site


async def test_a_refresh_answers_what_it_brought(site: Site) -> None:
    answer = await site.ask("POST", "/api/refresh")
    brought = {"fetched": 20, "matched": 16, "new": 3, "polledAt": "2025-08-25T13:20:00.000Z"}
    assert (answer.status, answer.json) == (200, brought)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (CookieMissingError(), 409, "cookie_missing"),
        (UpstreamRefusedError("The relay refuses the cookie."), 409, "cookie_invalid"),
        (UpstreamUnavailableError("The relay is down."), 502, "upstream_unavailable"),
        (UpstreamUnexpectedError("The relay answered HTML."), 502, "upstream_unexpected"),
    ],
)
async def test_what_goes_wrong_is_told(site: Site, error: CCurveError, status: int, code: str) -> None:
    site.poller.trouble = error
    answer = await site.ask("POST", "/api/refresh")
    assert (answer.status, answer.json["code"], answer.json["detail"]) == (status, code, str(error))
