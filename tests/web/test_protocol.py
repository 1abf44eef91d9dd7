import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from domain.errors import CookieMissingError, StorageError
from tests.web.raw import send
from tests.web.site import Site, Wish, open_site
from web.headers import SECURITY

PRIVATE = "session=s3cr3t"


async def bug(request: web.Request) -> web.Response:
    """Fail with words that were sent, the way foreign errors do."""
    try:
        int(request.headers.get("X-Words", PRIVATE))
    except ValueError as error:
        raise LookupError(PRIVATE) from error
    raise AssertionError


async def bug_midway(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"half of it")
    raise StorageError("The history cannot be read.")


async def known(_request: web.Request) -> web.Response:
    raise CookieMissingError


async def redirect(_request: web.Request) -> web.Response:
    raise web.HTTPServiceUnavailable(text="words of a library")


def add_routes(app: web.Application) -> None:
    app.add_routes(
        [web.get("/bug", bug), web.get("/midway", bug_midway), web.get("/known", known), web.get("/busy", redirect)]
    )


@pytest.fixture
async def site(data_dir: Path) -> AsyncIterator[Site]:
    async with open_site(data_dir, Wish(change=add_routes)) as site:
        yield site


@pytest.mark.parametrize("path", ["/nothing", "/api/nothing", "/api/usage/nothing", "/../app.py", "/%2e%2e/app.py"])
async def test_an_address_with_nothing_at_it_answers_a_problem(site: Site, path: str) -> None:
    answer = await send(site.port, f"GET {path} HTTP/1.1", "Host: localhost")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_wrong_method_answers_a_problem_that_lists_the_right_ones(site: Site) -> None:
    answer = await send(site.port, "DELETE /api/config HTTP/1.1", "Host: localhost")
    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET,HEAD,PATCH"


@pytest.mark.parametrize("path", ["/api/status", "/nothing"])
async def test_an_expectation_that_is_not_understood_answers_a_problem(site: Site, path: str) -> None:
    answer = await send(site.port, f"GET {path} HTTP/1.1", "Host: localhost", "Expect: a-miracle")
    assert (answer.status, answer.code) == (417, "expectation_failed")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "lines",
    [
        (f"GET / HTTP/1.1\r\nHost: localhost\r\nCookie\x00: {PRIVATE}",),
        (f"{PRIVATE} no HTTP at all",),
        ("GET / HTTP/9.9", "Host: localhost"),
        ("GET / HTTP/1.1", "Host: localhost", f"X: {PRIVATE * 1000}"),
        (f"GET /{PRIVATE * 1000} HTTP/1.1", "Host: localhost"),
        ("PUT /api/cookie HTTP/1.1", "Host: localhost", "Content-Length: -1"),
        ("PUT /api/cookie HTTP/1.1", "Host: localhost", "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",),
    ],
)
async def test_what_is_no_http_answers_a_problem_and_is_not_quoted(
    site: Site, lines: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = await send(site.port, *lines)
    assert (answer.status, answer.code) == (400, "malformed_request")
    assert {name.lower() for name in SECURITY} <= answer.headers.keys()
    assert PRIVATE.encode() not in answer.body
    assert PRIVATE not in caplog.text


async def test_a_chunked_body_that_is_broken_answers_a_problem(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    lines = ("Host: localhost", "Content-Type: application/json", "Transfer-Encoding: chunked")
    answer = await send(site.port, "PUT /api/cookie HTTP/1.1", *lines, body=f"zz{PRIVATE}\r\n\r\n".encode())
    assert (answer.status, answer.code) == (400, "malformed_request")
    assert PRIVATE not in caplog.text


async def test_a_compressed_body_that_is_broken_answers_a_problem(site: Site) -> None:
    lines = ("Host: localhost", "Content-Type: application/json", "Content-Encoding: gzip", "Content-Length: 8")
    answer = await send(site.port, "PUT /api/cookie HTTP/1.1", *lines, body=b"no gzip!")
    assert (answer.status, answer.code) == (400, "malformed_request")


async def test_a_broken_body_that_nobody_wanted_is_no_fault_of_ours(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    lines = ("Host: localhost", "Content-Encoding: gzip", "Content-Length: 8")
    answer = await send(site.port, "PUT /api/cookie HTTP/1.1", "Content-Type: text/plain", *lines, body=b"no gzip!")
    assert (answer.status, answer.code) == (415, "unsupported_media_type")
    await send(site.port, "GET /healthz HTTP/1.1", "Host: localhost")
    assert not [entry for entry in caplog.records if entry.name == "web.protocol"]


async def test_a_bug_answers_a_plain_sentence_and_is_logged_without_words(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await send(site.port, "GET /bug HTTP/1.1", "Host: localhost", "Accept: text/html", f"X-Words: {PRIVATE}")
    assert (answer.status, answer.code) == (500, "internal_error")
    assert b"Traceback" not in answer.body
    assert b"LookupError" not in answer.body
    assert "LookupError" in caplog.text
    assert "ValueError" in caplog.text
    assert "in bug" in caplog.text
    assert PRIVATE not in caplog.text


async def test_an_error_of_ours_answers_as_the_table_says(site: Site) -> None:
    answer = await send(site.port, "GET /known HTTP/1.1", "Host: localhost")
    assert (answer.status, answer.code) == (409, "cookie_missing")
    assert answer.json["detail"] == "No cookie is stored. Save one first."
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_an_error_of_the_library_answers_a_problem_in_our_words(site: Site) -> None:
    answer = await send(site.port, "GET /busy HTTP/1.1", "Host: localhost")
    assert (answer.status, answer.code) == (503, "service_unavailable")
    assert b"words of a library" not in answer.body


async def test_what_fails_midway_is_cut_rather_than_ended(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"GET /midway HTTP/1.1\r\nHost: localhost\r\n\r\n")
    sent = await reader.read()
    writer.close()
    assert sent.endswith(b"half of it\r\n")  # and no last chunk


@pytest.mark.parametrize("line", ["OPTIONS * HTTP/1.1", "CONNECT evil.example:443 HTTP/1.1", "TRACE / HTTP/1.1"])
async def test_odd_methods_answer_a_problem(site: Site, line: str) -> None:
    answer = await send(site.port, line, "Host: localhost")
    assert answer.status in {400, 404, 405, 421}
    assert answer.code
