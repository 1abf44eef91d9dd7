from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from tests.web.raw import RawAnswer, send
from tests.web.site import Site, Wish, open_site
from web.guard import MAX_BODY_BYTES
from web.headers import SECURITY


async def later(_request: web.Request) -> web.Response:
    return web.Response(text="a route that was added later")


def add_later_routes(app: web.Application) -> None:
    app.add_routes([web.get("/later/{name}", later), web.post("/api/later", later)])


@pytest.fixture
async def site(data_dir: Path) -> AsyncIterator[Site]:
    wish = Wish(allowed_hosts=("box.lan",), ping_interval_s=0.05, change=add_later_routes)
    async with open_site(data_dir, wish) as site:
        yield site


def everywhere(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the method and path of every route there is, and of some that there are not."""
    for route in site.app.router.routes():
        assert route.resource is not None
        yield route.method, route.resource.canonical.replace("{name}", "some")
    yield from (
        ("GET", "/nothing"),
        ("POST", "/nothing"),
        ("GET", "/api/nothing"),
        ("POST", "/"),
        ("OPTIONS", "/api/status"),
    )


def changing(site: Site) -> Iterator[tuple[str, str]]:
    return ((method, path) for method, path in everywhere(site) if method not in {"GET", "HEAD"})


async def ask(site: Site, method: str, path: str, *headers: str, body: bytes = b"", host: str = "") -> RawAnswer:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{site.port}'}", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return await send(site.port, *lines, body=body)


def assert_refused(method: str, answer: RawAnswer, status: int, code: str) -> None:
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    if method != "HEAD":
        assert answer.code == code


async def test_the_walk_covers_what_there_is(site: Site) -> None:
    walked = set(everywhere(site))
    assert {("GET", "/"), ("GET", "/api/events"), ("HEAD", "/api/usage"), ("PUT", "/api/cookie")} <= walked
    assert {("GET", "/favicon.svg"), ("GET", "/metrics"), ("GET", "/later/some"), ("POST", "/api/later")} <= walked


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "192.168.0.7", "localhost.evil.example", "[::2]"]
)
async def test_a_foreign_host_is_refused_everywhere(site: Site, host: str) -> None:
    for method, path in everywhere(site):
        assert_refused(method, await ask(site, method, path, host=host), 421, "host_not_allowed")


async def test_a_page_that_rebound_its_name_is_refused_everywhere(site: Site) -> None:
    host = f"evil.example:{site.port}"
    for method, path in everywhere(site):
        answer = await ask(site, method, path, f"Origin: http://{host}", host=host)
        assert_refused(method, answer, 421, "host_not_allowed")


async def test_a_foreign_host_in_the_request_line_is_refused_everywhere(site: Site) -> None:
    for method, path in everywhere(site):
        answer = await ask(site, method, f"http://evil.example{path}")
        assert_refused(method, answer, 421, "host_not_allowed")


async def test_a_foreign_host_behind_our_name_in_the_request_line_is_refused_everywhere(site: Site) -> None:
    for method, path in everywhere(site):
        answer = await ask(site, method, f"http://127.0.0.1:{site.port}{path}", host="evil.example")
        assert_refused(method, answer, 421, "host_not_allowed")


async def test_no_host_at_all_is_refused(site: Site) -> None:
    assert (await send(site.port, "GET /api/status HTTP/1.0")).code == "host_not_allowed"
    assert (await send(site.port, "GET /api/status HTTP/1.1")).status in {400, 421}


async def test_two_hosts_are_refused(site: Site) -> None:
    answer = await ask(site, "GET", "/api/status", "Host: evil.example")
    assert answer.code in {"malformed_request", "host_not_allowed"}


@pytest.mark.parametrize("site_header", ["cross-site", "same-site", "", "something new"])
async def test_what_another_site_sends_is_refused_everywhere(site: Site, site_header: str) -> None:
    for method, path in everywhere(site):
        answer = await ask(site, method, path, f"Sec-Fetch-Site: {site_header}")
        assert_refused(method, answer, 403, "cross_origin")


@pytest.mark.parametrize(
    "origin",
    [
        *("null", "", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:1", "http://localhost:{port}"),
        *(
            "ws://127.0.0.1:{port}",
            "127.0.0.1:{port}",
            "http://127.0.0.1:{port}/",
            "http://127.0.0.1:{port}.evil.example",
        ),
    ],
)
async def test_what_another_origin_sends_is_refused_everywhere(site: Site, origin: str) -> None:
    for method, path in everywhere(site):
        answer = await ask(site, method, path, f"Origin: {origin.format(port=site.port)}")
        assert_refused(method, answer, 403, "cross_origin")


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        *(("box.lan:443", "https://box.lan", 200), ("box.lan:80", "http://box.lan", 200)),
        *(("box.lan:80", "https://box.lan", 403), ("box.lan:443", "http://box.lan", 403)),
    ],
)
async def test_a_port_that_goes_without_saying_may_be_said(site: Site, host: str, origin: str, status: int) -> None:
    assert (await ask(site, "GET", "/api/status", f"Origin: {origin}", host=host)).status == status


async def test_our_own_origin_does_not_cover_for_another_beside_it(site: Site) -> None:
    own = f"Origin: http://127.0.0.1:{site.port}"
    answer = await ask(site, "GET", "/api/status", own, "Origin: http://evil.example")
    assert answer.status in {400, 403}
    answer = await ask(site, "GET", "/api/status", own, "Sec-Fetch-Site: cross-site")
    assert answer.code == "cross_origin"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "TEXT/PLAIN; charset=utf-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
async def test_what_a_form_can_send_is_refused_wherever_something_changes(site: Site, content_type: str) -> None:
    for method, path in changing(site):
        answer = await ask(site, method, path, f"Content-Type: {content_type}", body=b'{"enabled": true}')
        assert_refused(method, answer, 415, "unsupported_media_type")
    assert not site.poller.given


async def test_nothing_need_not_be_json(site: Site) -> None:
    """Some programs name a form's type although they send nothing."""
    await site.poller.save_cookie("a=b")
    form = "Content-Type: application/x-www-form-urlencoded"
    assert (await ask(site, "POST", "/api/cookie/check", form, body=b"")).status == 200
    assert (await ask(site, "POST", "/api/cookie/check", form, "Sec-Fetch-Site: cross-site", body=b"")).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Content-Type: application/json; charset=latin-1",),
        ("Content-Type: application/jsonp",),
        ("Content-Type: text/plain, application/json",),
    ],
)
async def test_a_body_that_does_not_say_it_is_json_is_refused_wherever_something_changes(
    site: Site, headers: tuple[str, ...]
) -> None:
    for method, path in changing(site):
        answer = await ask(site, method, path, *headers, body=b'{"cookie": "a=b"}')
        assert_refused(method, answer, 415, "unsupported_media_type")
    assert not site.poller.given


async def test_a_body_that_is_too_large_is_refused_wherever_something_changes(site: Site) -> None:
    for method, path in changing(site):
        announced = f"Content-Length: {MAX_BODY_BYTES + 1}"
        answer = await ask(site, method, path, "Content-Type: application/json", announced)
        assert_refused(method, answer, 413, "body_too_large")


async def test_a_body_that_grows_too_large_unannounced_is_refused(site: Site) -> None:
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (MAX_BODY_BYTES + 1, b" " * (MAX_BODY_BYTES + 1))
    lines = ("Content-Type: application/json", "Transfer-Encoding: chunked")
    answer = await send(site.port, "PUT /api/cookie HTTP/1.1", "Host: localhost", *lines, body=chunks)
    assert_refused("PUT", answer, 413, "body_too_large")


async def test_every_answer_carries_the_security_headers(site: Site) -> None:
    expected = {name.lower(): value for name, value in SECURITY.items()}
    for method, path in everywhere(site):
        for answer in (await ask(site, method, path), await ask(site, method, path, host="evil.example")):
            assert expected.items() <= answer.headers.items(), (method, path)
            assert "access-control-allow-origin" not in answer.headers


async def test_what_the_api_answers_is_never_kept(site: Site) -> None:
    for method, path in everywhere(site):
        if path.startswith("/api/"):
            assert (await ask(site, method, path)).headers["cache-control"] == "no-store", (method, path)


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Sec-Fetch-Site: none",),
        ("Sec-Fetch-Site: same-origin", "Origin: http://{host}"),
        ("Origin: https://{host}",),
        ("Origin: HTTP://{host}",),
    ],
)
@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST.:1", "[::1]:{port}", "box.lan"])
async def test_our_own_page_and_programs_are_let_through(site: Site, host: str, headers: tuple[str, ...]) -> None:
    named = host.format(port=site.port)
    answer = await ask(site, "GET", "/api/status", *(header.format(host=named) for header in headers), host=named)
    assert answer.status == 200


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
async def test_json_is_let_through(site: Site, content_type: str) -> None:
    answer = await ask(site, "PUT", "/api/cookie", f"Content-Type: {content_type}", body=b'{"cookie": "a=b"}')
    assert answer.status == 200
    assert site.poller.given == ["a=b"]


async def test_a_change_without_a_body_needs_no_content_type(site: Site) -> None:
    assert (await ask(site, "POST", "/api/refresh")).status == 200


async def test_a_request_line_with_our_own_whole_url_is_let_through(site: Site) -> None:
    assert (await ask(site, "GET", f"http://localhost:{site.port}/api/status")).status == 200
