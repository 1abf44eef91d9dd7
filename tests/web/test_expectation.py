"""Whoever waits to be told to go on is told so, or refused; whoever may not ask is told nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.raw import send
from tests.web.site import Site, Wish, open_site
from tests.web.test_framing import BODY, GET, HOST, NEXT, PUT, answered

KEY = "right-key-of-a-test"
PATHS = ("/api/task", "/", "/nothing", "/api/status")  # a route, one of other methods, none


@pytest.fixture
async def gated(data_dir: Path) -> AsyncIterator[Site]:
    async with open_site(data_dir, Wish(access_key=KEY)) as site:
        yield site


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("expected", ["100-continue", "a-miracle", "100-Continue, more"])
async def test_whoever_may_not_ask_is_refused_before_anything_is_said_of_the_expectation(
    gated: Site, path: str, expected: str
) -> None:
    for method in ("PUT", "POST", "GET"):
        for host, origin, status, code in (
            ("evil.example", "http://evil.example", 421, "host_not_allowed"),
            ("localhost", "http://evil.example", 403, "cross_origin"),
            ("localhost", "http://localhost", 401, "access_denied"),
        ):
            lines = (f"Host: {host}", f"Origin: {origin}", f"Expect: {expected}", "Content-Length: 17")
            if (status, method, path) == (401, "GET", "/"):  # for everybody
                continue
            answer = await send(gated.port, f"{method} {path} HTTP/1.1", *lines)
            assert (answer.status, answer.code) == (status, code)
            assert answer.headers["connection"] == "close"


async def test_whoever_waits_to_be_told_to_go_on_is(site: Site) -> None:
    waiting = PUT + b"Expect: 100-continue\r\nContent-Length: 17\r\n\r\n" + BODY
    assert await answered(site, waiting + NEXT) == [100, 200, 200]


@pytest.mark.parametrize("expected", [b"a-miracle", b"100-continue, more", b"100-continue\r\nExpect: more"])
async def test_what_is_not_understood_is_told_so(site: Site, expected: bytes) -> None:
    waiting = PUT + b"Expect: " + expected + b"\r\nContent-Length: 17\r\n\r\n" + BODY
    assert await answered(site, waiting + NEXT) == [417, 200]


async def test_nothing_is_no_expectation_and_the_first_version_has_none(site: Site) -> None:
    assert await answered(site, GET + b"Expect:\r\n\r\n" + NEXT) == [200, 200]
    first = GET.replace(b"HTTP/1.1", b"HTTP/1.0")
    assert await answered(site, first + b"Expect: a-miracle\r\n\r\n") == [200]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((b"Content-Type: application/json", b"Content-Length: 600000"), 413),
        ((b"Content-Type: text/plain", b"Content-Length: 17"), 415),
    ],
)
async def test_a_body_that_would_be_refused_is_not_called_for(
    site: Site, lines: tuple[bytes, ...], status: int
) -> None:
    head = (
        b"PUT /api/task HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\n" + b"".join(b"%s\r\n" % one for one in lines)
    )
    assert await answered(site, head + b"\r\n") == [status]


async def test_behind_a_body_that_was_not_called_for_nothing_is_a_request(site: Site) -> None:
    """It may be the body, and may be none: nobody can tell."""
    held_back = GET + b"Expect: 100-continue\r\nContent-Length: 17\r\n\r\n"
    assert await answered(site, held_back) == [200]
