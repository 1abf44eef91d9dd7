import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web

from storage.history import History
from tests.web.raw import RawAnswer, send
from tests.web.site import Site, Wish, open_site, until
from tests.web.stand_ins import GatedUsage
from tests.web.stream_reader import StreamReader
from web.attempts import PEER_LIMIT

KEY = "right-key-of-a-test"
WRONG = "wrong-key-of-a-test"
BEARER = f"Authorization: Bearer {KEY}"
COOKIE = re.compile(r"ccurve_session_(\d+)=([\w-]{43}); HttpOnly; Max-Age=34560000; Path=/; SameSite=Strict")
JSON = "Content-Type: application/json"


async def later(_request: web.Request) -> web.Response:
    return web.Response(text="a route that was added later")


def add_later_routes(app: web.Application) -> None:
    app.add_routes([web.get("/later/{name}", later), web.post("/api/later", later)])


@pytest.fixture
def wish() -> Wish:
    return Wish(access_key=KEY, allowed_hosts=("box.lan",), ping_interval_s=0.05, change=add_later_routes)


@pytest.fixture
async def site(data_dir: Path, wish: Wish) -> AsyncIterator[Site]:
    async with open_site(data_dir, wish) as site:
        yield site


def page(site: Site) -> set[str]:
    """Return where the page's own files are."""
    paths = {route.resource.canonical for route in site.app.router.routes() if route.resource is not None}
    return {path for path in paths if path == "/" or path.startswith("/assets/") or path.count(".") == 1}


def closed(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the method and path of all that wants the key, and of some that there is not."""
    for route in site.app.router.routes():
        assert route.resource is not None
        path = route.resource.canonical.replace("{name}", "some")
        if path not in page(site) | {"/healthz"} and (route.method, path) != ("POST", "/api/session"):
            yield route.method, path
    yield from (
        *(("GET", "/nothing"), ("POST", "/nothing"), ("GET", "/api/nothing"), ("POST", "/"), ("PUT", "/healthz")),
        *(("OPTIONS", "/api/status"), ("OPTIONS", "/"), ("OPTIONS", "/api/session"), ("PUT", "/api/session")),
        *(("GET", "/index.html"), ("GET", "//"), ("GET", "/healthz/"), ("GET", "/api/session/"), ("TRACE", "/")),
    )


async def ask(site: Site, method: str, path: str, *headers: str, body: bytes = b"") -> RawAnswer:
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{site.port}", *headers]
    if body:
        lines += [JSON, f"Content-Length: {len(body)}"]
    return await send(site.port, *lines, body=body)


async def sign_in(site: Site, *headers: str, key: str = KEY) -> RawAnswer:
    return await ask(site, "POST", "/api/session", *headers, body=f'{{"key": "{key}"}}'.encode())


async def cookie(site: Site) -> str:
    """Open a session; return the header that says so."""
    answer = await sign_in(site)
    assert answer.status == 204
    return f"Cookie: {answer.headers['set-cookie'].partition(';')[0]}"


def assert_denied(method: str, answer: RawAnswer) -> None:
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    if method != "HEAD":
        assert answer.code == "access_denied"


async def test_the_walk_covers_what_there_is(site: Site) -> None:
    walked = set(closed(site))
    assert {("GET", "/api/events"), ("HEAD", "/api/usage"), ("PUT", "/api/cookie"), ("GET", "/metrics")} <= walked
    assert {("GET", "/later/some"), ("POST", "/api/later"), ("DELETE", "/api/session")} <= walked
    assert {"/", "/favicon.svg"} <= page(site)
    assert any(path.startswith("/assets/") for path in page(site))


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Authorization: Bearer",),
        ("Authorization: Bearer ",),
        (f"Authorization: Basic {KEY}",),
        (f"Authorization: {KEY}",),
        (BEARER, BEARER),
        (f"Cookie: ccurve_session_{{port}}={KEY}",),
        ("Cookie: ccurve_session_{port}=",),
        (f"Cookie: key={KEY}",),
    ],
)
async def test_without_the_key_everything_but_the_page_is_denied(site: Site, headers: tuple[str, ...]) -> None:
    sent = [header.format(port=site.port) for header in headers]
    for method, path in closed(site):
        assert_denied(method, await ask(site, method, path, *sent))
    assert not site.poller.given


async def test_a_wrong_key_is_denied_everywhere(site: Site) -> None:
    for method, path in closed(site):
        assert_denied(method, await ask(site, method, path, f"Authorization: Bearer {WRONG}"))
        site.clock.now_ms += 60_000


async def test_the_page_and_the_health_are_for_everybody(site: Site) -> None:
    for path in {*page(site), "/healthz"}:
        for method in ("GET", "HEAD"):
            assert (await ask(site, method, path)).status == 200, path


async def test_the_key_opens_everything(site: Site) -> None:
    for method, path in closed(site):
        assert (await ask(site, method, path, BEARER)).status not in {401, 403, 429}, (method, path)


@pytest.mark.parametrize("header", [f"authorization: bearer {KEY}", f"Authorization: BEARER  {KEY} "])
async def test_the_scheme_is_known_in_any_case(site: Site, header: str) -> None:
    assert (await ask(site, "GET", "/api/status", header)).status == 200


async def test_a_session_opens_everything(site: Site) -> None:
    session = await cookie(site)
    for method, path in closed(site):
        if (method, path) != ("DELETE", "/api/session"):
            assert (await ask(site, method, path, session)).status not in {401, 403, 429}, (method, path)


async def test_the_cookie_is_named_after_the_port_and_closed_to_scripts_and_other_sites(site: Site) -> None:
    answer = await sign_in(site)
    made = COOKIE.fullmatch(answer.headers["set-cookie"])
    assert made is not None, answer.headers
    assert int(made[1]) == site.port
    assert answer.headers["cache-control"] == "no-store"


async def test_over_tls_the_cookie_is_kept_from_plain_http(site: Site) -> None:
    answer = await send(
        site.port,
        *("POST /api/session HTTP/1.1", "Host: box.lan", "Origin: https://box.lan", JSON, "Content-Length: 29"),
        body=b'{"key":"right-key-of-a-test"}',
    )
    made = answer.headers["set-cookie"]
    assert made.startswith(f"__Host-ccurve_session_{site.port}=")
    assert "; Secure" in made
    assert (await ask(site, "GET", "/api/status", f"Cookie: {made.partition(';')[0]}")).status == 200


async def test_a_cookie_that_another_port_set_beside_ours_hides_nothing(site: Site) -> None:
    name, value = (await cookie(site)).removeprefix("Cookie: ").split("=")
    for pairs in (f"{name}=forged; {name}={value}", f"{name}={value}; {name}=forged", f"a; {name}={value}"):
        assert (await ask(site, "GET", "/api/status", f"Cookie: {pairs}")).status == 200


async def test_a_session_of_another_port_is_none_of_ours(site: Site) -> None:
    value = (await cookie(site)).partition("=")[2]
    assert_denied("GET", await ask(site, "GET", "/api/status", f"Cookie: ccurve_session_1={value}"))


async def test_a_session_outlives_a_restart(data_dir: Path, wish: Wish) -> None:
    async with open_site(data_dir, wish) as site:
        value = (await cookie(site)).partition("=")[2]
    async with open_site(data_dir, wish) as site:
        assert (await ask(site, "GET", "/api/status", f"Cookie: ccurve_session_{site.port}={value}")).status == 200


async def test_leaving_ends_that_session_alone_and_takes_its_cookie_away(site: Site) -> None:
    mine, other = await cookie(site), await cookie(site)
    answer = await ask(site, "DELETE", "/api/session", mine)
    assert answer.status == 204
    assert re.match(rf'ccurve_session_{site.port}="?"?; .*Max-Age=0; Path=/', answer.headers["set-cookie"])
    assert_denied("GET", await ask(site, "GET", "/api/status", mine))
    assert_denied("DELETE", await ask(site, "DELETE", "/api/session", mine))
    assert (await ask(site, "GET", "/api/status", other)).status == 200


async def test_a_new_session_of_the_same_browser_ends_the_one_before_and_its_streams(site: Site) -> None:
    mine, other = await cookie(site), await cookie(site)
    async with StreamReader.on(site.port, "", mine) as stream, StreamReader.on(site.port, "", other) as stays:
        for one in (stream, stays):
            await one.usage()
        assert (await sign_in(site, mine, key=WRONG)).status == 401
        assert (await ask(site, "GET", "/api/status", mine)).status == 200
        answer = await sign_in(site, mine)
        with pytest.raises(ConnectionError, match="the server ended the stream"):
            async with asyncio.timeout(20):
                await stream.next()
        await stays.ping()
    assert_denied("GET", await ask(site, "GET", "/api/status", mine))
    for session in (other, f"Cookie: {answer.headers['set-cookie'].partition(';')[0]}"):
        assert (await ask(site, "GET", "/api/status", session)).status == 200


async def test_a_program_without_a_session_has_none_to_leave(site: Site) -> None:
    other = await cookie(site)
    assert (await ask(site, "DELETE", "/api/session", BEARER)).status == 204
    assert (await ask(site, "GET", "/api/status", other)).status == 200


async def test_the_streams_of_a_session_end_with_it_and_no_others(site: Site) -> None:
    mine, other = await cookie(site), await cookie(site)
    async with (
        StreamReader.on(site.port, "", mine) as first,
        StreamReader.on(site.port, "", mine) as second,
        StreamReader.on(site.port, "", other) as stays,
        StreamReader.on(site.port, "", BEARER) as program,
    ):
        for stream in (first, second, stays, program):
            await stream.usage()
        await ask(site, "DELETE", "/api/session", mine)
        for stream in (first, second):
            with pytest.raises(ConnectionError, match="the server ended the stream"):
                await stream.next()
        for stream in (stays, program):
            await stream.ping()


async def test_a_stream_that_has_not_begun_when_its_session_ends_never_begins(data_dir: Path) -> None:
    held: list[GatedUsage] = []

    def gated(history: History) -> GatedUsage:
        held.append(GatedUsage(history))
        return held[0]

    async with open_site(data_dir, Wish(access_key=KEY, usage=gated)) as site:
        session = await cookie(site)
        held[0].gate.clear()
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(f"GET /api/events HTTP/1.1\r\nHost: localhost\r\n{session}\r\n\r\n".encode())
        await until(lambda: held[0].reads)
        await ask(site, "DELETE", "/api/session", session)
        held[0].gate.set()
        with suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()


async def test_after_ten_wrong_keys_in_a_minute_none_is_judged_for_the_rest_of_it(site: Site) -> None:
    session = await cookie(site)
    for number in range(PEER_LIMIT):
        if number % 2:
            assert_denied("POST", await sign_in(site, key=WRONG))
        else:
            assert_denied("GET", await ask(site, "GET", "/api/status", f"Authorization: Bearer {WRONG}"))
    site.clock.now_ms += 15_000
    for answer in (await sign_in(site), await sign_in(site, key=WRONG), await ask(site, "GET", "/api/status", BEARER)):
        assert (answer.status, answer.code) == (429, "too_many_attempts")
        assert answer.headers["retry-after"] == "45"
    assert (await ask(site, "GET", "/api/status", session)).status == 200
    assert_denied("GET", await ask(site, "GET", "/api/status"))
    assert (await ask(site, "GET", "/")).status == 200
    site.clock.now_ms += 45_000
    assert (await sign_in(site)).status == 204


async def test_wrong_keys_at_the_same_time_do_not_pass_the_limit(site: Site) -> None:
    answers = await asyncio.gather(
        *(sign_in(site, key=WRONG) for _ in range(25)),
        *(ask(site, "GET", "/api/status", f"Authorization: Bearer {WRONG}") for _ in range(25)),
    )
    statuses = [answer.status for answer in answers]
    assert (statuses.count(401), statuses.count(429)) == (PEER_LIMIT, 50 - PEER_LIMIT)


async def test_a_refusal_for_another_reason_is_no_attempt(site: Site) -> None:
    for _ in range(2 * PEER_LIMIT):
        wrong = f"Authorization: Bearer {WRONG}"
        assert (await ask(site, "GET", "/api/status", wrong, "Origin: http://evil.example")).status == 403
        assert (await ask(site, "POST", "/api/session", body=b"{")).status == 400
    assert (await ask(site, "GET", "/api/status", BEARER)).status == 200


async def test_host_and_origin_are_asked_before_the_key_and_the_form_after_it(site: Site) -> None:
    for method, path in closed(site):
        foreign = await send(site.port, f"{method} {path} HTTP/1.1", "Host: evil.example", BEARER)
        assert foreign.status == 421
        assert (await ask(site, method, path, BEARER, "Origin: http://evil.example")).status == 403
        assert (await ask(site, method, path, BEARER, "Sec-Fetch-Site: same-site")).status == 403
        assert (await ask(site, method, path, "Sec-Fetch-Site: cross-site")).status == 403
        if method not in {"GET", "HEAD", "TRACE"}:
            form = ("Content-Type: text/plain", "Content-Length: 600000")
            assert_denied(method, await ask(site, method, path, *form))


async def test_a_page_of_elsewhere_can_neither_open_nor_leave_a_session(site: Site) -> None:
    session = await cookie(site)
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert (await sign_in(site, f"Origin: {origin}")).status == 403
        assert (await ask(site, "DELETE", "/api/session", session, f"Origin: {origin}")).status == 403
    assert (await ask(site, "GET", "/api/status", session)).status == 200


async def test_a_form_cannot_open_a_session(site: Site) -> None:
    lines = ("POST /api/session HTTP/1.1", "Host: localhost", "Content-Type: text/plain", "Content-Length: 29")
    assert (await send(site.port, *lines, body=b'{"key":"right-key-of-a-test"}')).code == "unsupported_media_type"


async def test_neither_key_is_ever_in_an_answer_or_in_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = []
    for key in (KEY, WRONG):
        answers.append(await sign_in(site, key=key))
        answers += [await ask(site, method, path, f"Authorization: Bearer {key}") for method, path in closed(site)]
        answers.append(await ask(site, "POST", "/api/session", body=f'{{"key": ["{key}"]}}'.encode()))
        answers.append(await ask(site, "POST", "/api/session", body=f'{{"{key}": 1}}'.encode()))
    answers = [answer for answer in answers if answer.status != 422]
    said = caplog.text + "".join(f"{answer.headers}{answer.body!r}" for answer in answers)
    assert KEY not in said
    assert WRONG not in said


async def test_a_key_beyond_ascii_can_be_given_either_way(data_dir: Path) -> None:
    async with open_site(data_dir, Wish(access_key="密钥-ключ")) as site:
        assert (await site.ask("POST", "/api/session", body={"key": " 密钥-ключ\n"})).status == 204
        answer = await site.get("/api/status", Authorization="Bearer 密钥-ключ")
        assert answer.status == 200
        assert (await site.ask("POST", "/api/session", body={"key": "密钥"})).status == 401
