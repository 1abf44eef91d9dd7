"""What goes out to the relay, told by the bytes that arrived at a socket."""

import asyncio
from pathlib import Path

import pytest

from domain.errors import InvalidValueError, UpstreamRefusedError
from poller.client import RelayClient
from tests.fakes.relay import CHECK, USAGE, Exchange, FakeRelay, normal, redirect

HEADERS = (
    b"Referer: https://www.aicodemirror.com/dashboard/usage\r\n"
    b"User-Agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    b"Chrome/114.0.0.0 Safari/537.36\r\n"
    b"Accept: application/json, text/plain, */*\r\n"
)


async def test_both_calls_carry_the_specified_headers_and_nothing_else(relay: FakeRelay, client: RelayClient) -> None:
    await client.usage("session=abc")
    await client.check("session=abc")
    host = relay.url.removeprefix("http://").encode()
    assert [request.raw for request in relay.requests] == [
        b"GET " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\nCookie: session=abc\r\n" + HEADERS + b"\r\n"
        for path in (b"/api/user/usage", b"/api/user/usage/chart")
    ]


@pytest.mark.parametrize(
    "cookie",
    [
        "a=%7B%22x%22%3A1%7D",
        'theme="dark mode"; a="quoted, with comma"',
        "token=aGVsbG8+d29ybGQ/PT0=; b==+==",
        "empty=; =noname; bare;  spaced  =  out ; a=1;a=2",
        "long=" + "x" * 16_000,
        "@@@SKIP_HEADER@@@=1",
    ],
)
async def test_the_cookie_arrives_byte_for_byte(relay: FakeRelay, client: RelayClient, cookie: str) -> None:
    assert (await client.usage(cookie)).error is None
    assert b"\r\nCookie: " + cookie.encode() + b"\r\n" in relay.requests[0].raw


@pytest.mark.parametrize("cookie", ["a=1\r\nX-Evil: 1", "a=\x00", "a=\x0b1", "a=ü", " a=1", "a=1\n", "a=\ud800"])
async def test_what_cannot_be_a_header_is_never_sent_and_never_quoted(
    relay: FakeRelay, client: RelayClient, cookie: str
) -> None:
    error = (await client.usage(cookie)).error
    assert isinstance(error, UpstreamRefusedError)
    assert "a=" not in repr(error)
    assert error.__cause__ is None
    assert relay.requests == []


@pytest.mark.parametrize("path", ["", "/", "/mirror", "/mirror/of/it/"])
async def test_a_base_url_may_have_a_path(relay: FakeRelay, path: str) -> None:
    client = RelayClient(relay.url + path)
    reply = await client.usage("a=1")
    assert relay.requests[0].path == path.rstrip("/") + USAGE
    assert (reply.host, reply.path) == ("127.0.0.1", path.rstrip("/") + USAGE)


@pytest.mark.parametrize(
    "url",
    [
        *("", "www.example.com", "ftp://example.com", "http://", "http://:80"),
        *("http://a:99999", "http://a:x", "http://[::1", "https://example.com/ü"),
        *("https://user:pass@example.com", "https://example.com?x=1", "https://example.com/#x"),
    ],
)
def test_a_base_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        RelayClient(url)
    assert caught.value.field == "upstream"


async def test_cookies_that_the_relay_sets_are_told_and_not_sent_by_themselves(
    relay: FakeRelay, client: RelayClient
) -> None:
    relay.set_cookies = ["session=new; Path=/; HttpOnly", "other=1"]
    first = await client.usage("session=old")
    await client.check("session=old")
    assert first.set_cookies == ["session=new; Path=/; HttpOnly", "other=1"]
    assert [request.cookie for request in relay.requests] == ["session=old", "session=old"]


async def test_redirects_are_not_followed(relay: FakeRelay, client: RelayClient) -> None:
    async with FakeRelay() as elsewhere:
        for target in (f"{elsewhere.url}/login", "/login", "http://[broken"):
            relay.behave(USAGE, redirect(target))
            assert isinstance((await client.usage("a=1")).error, UpstreamRefusedError)
        assert elsewhere.requests == []
    assert {request.path for request in relay.requests} == {USAGE}


async def test_a_redirect_with_an_endless_body_is_not_read(relay: FakeRelay, client: RelayClient) -> None:
    async def endless(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n")
        while True:
            await exchange.send(b" " * 65536)

    relay.behave(USAGE, endless)
    assert isinstance((await client.usage("a=1")).error, UpstreamRefusedError)
    await relay.wait_for_quiet()


async def test_each_call_has_a_connection_of_its_own(relay: FakeRelay, client: RelayClient) -> None:
    async def stay(exchange: Exchange) -> None:
        await normal(exchange)
        assert await exchange.reader.read() == b""

    relay.behave(USAGE, stay)
    assert (await client.usage("a=1")).error is None
    await relay.wait_for_quiet()
    assert (await client.usage("a=1")).error is None


async def test_a_netrc_adds_no_authorisation(
    relay: FakeRelay, client: RelayClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password hidden\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    await client.usage("a=1")
    assert b"Authorization" not in relay.requests[0].raw


async def test_a_proxy_of_the_environment_is_used(relay: FakeRelay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", relay.url)
    monkeypatch.setenv("no_proxy", "")
    reply = await RelayClient("http://relay.invalid").usage("a=1")
    assert reply.error is None
    assert relay.requests[0].raw.startswith(
        b"GET http://relay.invalid/api/user/usage HTTP/1.1\r\nHost: relay.invalid\r\n"
    )


async def test_this_machine_itself_is_reached_without_a_proxy(
    relay: FakeRelay, client: RelayClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    assert (await client.check("a=1")).error is None
    assert len(relay.requests_to(CHECK)) == 1


async def test_calls_at_the_same_time_are_made_one_after_the_other(relay: FakeRelay, client: RelayClient) -> None:
    let_go = asyncio.Event()

    async def wait(exchange: Exchange) -> None:
        await let_go.wait()
        await normal(exchange)

    relay.behave(USAGE, wait)
    first = asyncio.create_task(client.usage("a=1"))
    second = asyncio.create_task(client.check("a=1"))
    await relay.wait_for_requests(1)
    assert len(relay.requests) == 1
    let_go.set()
    assert [(await first).error, (await second).error] == [None, None]
    assert [request.path for request in relay.requests] == [USAGE, CHECK]
