"""The relay is asked through HTTP proxies, and what goes wrong with one is told as that, never as an expired cookie."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.errors import UpstreamUnavailableError
from poller import trust
from poller.client import RelayClient
from tests.fakes.authority import AUTHORITY, server_context
from tests.fakes.http_proxy import HttpProxy
from tests.fakes.proxy import Misbehaviour, drip, say, stall
from tests.fakes.relay import USAGE, FakeRelay, charge, hang

COOKIE = "session=good"
URLS = ["http://relay.invalid", "https://relay.invalid"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(AUTHORITY))
    trust.tls_context.cache_clear()


@pytest.fixture(params=URLS)
async def url(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def proxied_relay(url: str) -> AsyncIterator[FakeRelay]:
    async with FakeRelay(server_context() if url.startswith("https") else None) as relay:
        relay.records = [charge(1)]
        relay.cookies = {COOKIE}
        yield relay


@pytest.fixture
async def proxy(proxied_relay: FakeRelay, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HttpProxy]:
    async with HttpProxy(proxied_relay.url) as proxy:
        monkeypatch.setenv("all_proxy", f"http://{proxy.address}")
        yield proxy


async def error_of(url: str, *, deadline_s: float = 20, cookie: str = COOKIE) -> str:
    """Return what an unavailable relay is said to suffer from."""
    client = RelayClient(url, deadline_s=deadline_s)
    reply = await client.usage(cookie)
    await client.close()
    assert isinstance(reply.error, UpstreamUnavailableError)
    assert reply.set_cookies == []
    return str(reply.error)


async def test_the_relay_is_asked_through_the_proxy(proxy: HttpProxy, url: str) -> None:
    answer = (await RelayClient(url).usage(COOKIE)).answer
    assert answer is not None
    assert [record.id for record in answer.records] == [1]
    assert [call.target for call in proxy.calls] == ["relay.invalid:443" if "https" in url else "relay.invalid"]
    await proxy.wait_for_quiet()


@pytest.mark.parametrize("url", URLS[1:], indirect=True)
async def test_a_proxy_sees_nothing_of_what_a_secure_relay_is_told(proxy: HttpProxy, url: str) -> None:
    assert (await RelayClient(url).usage(COOKIE)).error is None
    assert b"session" not in proxy.calls[0].raw
    assert b"Cookie" not in proxy.calls[0].raw


async def test_a_proxy_that_is_reached_over_tls_is_verified_like_the_relay(
    proxied_relay: FakeRelay, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with HttpProxy(proxied_relay.url, tls=server_context()) as proxy:
        monkeypatch.setenv("all_proxy", f"https://{proxy.address}")
        assert (await RelayClient(url).usage(COOKIE)).error is None
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "")
        trust.tls_context.cache_clear()
        told = await error_of(url)
        assert told == f"The certificate of the proxy {proxy.address} cannot be trusted, so nothing was sent."
    assert len(proxy.calls) == 1


@pytest.mark.parametrize("url", URLS[:1], indirect=True)
async def test_what_a_secure_proxy_needs_is_loaded_beforehand(
    proxied_relay: FakeRelay, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(AUTHORITY.read_bytes())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    async with HttpProxy(proxied_relay.url, tls=server_context()) as proxy:
        monkeypatch.setenv("all_proxy", f"https://{proxy.address}")
        client = RelayClient(url)
        await client.preload()
        bundle.unlink()
        assert (await client.usage(COOKIE)).error is None


@pytest.mark.parametrize(
    ("written", "read"), [("me:secret", "me:secret"), ("me:", "me:"), ("%E6%88%91:p%40ss%3A", "我:p@ss:")]
)
async def test_user_and_password_reach_the_proxy_alone(
    proxy: HttpProxy, proxied_relay: FakeRelay, url: str, monkeypatch: pytest.MonkeyPatch, written: str, read: str
) -> None:
    monkeypatch.setenv("all_proxy", f"http://{written}@{proxy.address}")
    assert (await RelayClient(url).usage(COOKIE)).error is None
    assert proxy.calls[0].credentials == read
    if "https" in url:
        assert b"Proxy-Authorization" not in proxied_relay.requests[0].raw


async def test_a_netrc_adds_nothing(
    proxy: HttpProxy, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    assert (await RelayClient(url).usage(COOKIE)).error is None
    assert b"uthorization" not in proxy.calls[0].raw


@pytest.mark.parametrize("credentials", ["", "me:wrong@", "canary:wrong@"])
async def test_a_proxy_that_does_not_know_who_asks_is_no_expired_cookie(
    proxied_relay: FakeRelay, url: str, monkeypatch: pytest.MonkeyPatch, credentials: str
) -> None:
    async with HttpProxy(proxied_relay.url, guarded=True) as proxy:
        monkeypatch.setenv("all_proxy", f"http://{credentials}{proxy.address}")
        assert await error_of(url) == (
            f"The proxy {proxy.address} asks for a user and a password that it knows. "
            "They belong into its address in the environment."
        )
        monkeypatch.setenv("all_proxy", f"http://me:secret@{proxy.address}")
        assert (await RelayClient(url).usage(COOKIE)).error is None
    assert len(proxied_relay.requests) == 1


LIES = [
    (
        say(b"HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/login\r\n\r\n"),
        "did not let the call through (status 302)",
    ),
    (say(b"HTTP/1.1 403 No\r\n\r\n"), "did not let the call through (status 403)"),
    (say(b"HTTP/1.1 401 No\r\nSet-Cookie: session=stolen\r\n\r\n"), "did not let the call through (status 401)"),
    (say(b"HTTP/1.1 502 No\r\n\r\n"), "did not let the call through (status 502)"),
    (say(b"SSH-2.0-OpenSSH\r\n"), "answered something that is not HTTP"),
    (say(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200), None),
    (say(b""), "broke off"),
    (say(b"HTTP/1.1 200 OK\r\n\r\n<html><input type=password>"), "to the relay behind the proxy"),
]


@pytest.mark.parametrize("url", URLS[1:], indirect=True)
@pytest.mark.parametrize(("instead", "words"), LIES)
async def test_a_proxy_that_refuses_or_lies_makes_a_secure_relay_unavailable(
    proxy: HttpProxy, url: str, instead: Misbehaviour, words: str | None
) -> None:
    proxy.instead = instead
    told = await error_of(url)
    assert (words or "") in told
    assert f"proxy {proxy.address}" in told


@pytest.mark.parametrize("url", URLS[:1], indirect=True)
@pytest.mark.parametrize(("instead", "words"), [LIES[4], LIES[6]])
async def test_a_proxy_that_lies_about_a_plain_relay_is_told_where_that_can_be_seen(
    proxy: HttpProxy, url: str, instead: Misbehaviour, words: str
) -> None:
    proxy.instead = instead
    told = await error_of(url)
    assert words in told
    assert proxy.address in told


async def test_a_proxy_that_is_not_there_is_told(proxy: HttpProxy, url: str) -> None:
    await proxy.__aexit__()
    assert await error_of(url) == f"The proxy {proxy.address} does not accept connections."


async def test_a_proxy_whose_name_is_unknown_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "http://me:secret@proxy.invalid:3128")
    told = await error_of(url)
    assert told == "The name of the proxy proxy.invalid:3128 could not be found. Is this machine online?"


@pytest.mark.parametrize("instead", [stall, drip(b"X: y\r\n"), drip(b"HTTP/1.1 200 OK\r\n")])
async def test_a_proxy_that_stalls_is_cut_off_and_told(proxy: HttpProxy, url: str, instead: Misbehaviour) -> None:
    proxy.instead = instead
    told = await error_of(url, deadline_s=0.5)
    assert f"The proxy {proxy.address} " in told
    await proxy.wait_for_quiet()


@pytest.mark.parametrize("url", URLS[1:], indirect=True)
async def test_a_secure_relay_that_stalls_behind_a_proxy_is_not_taken_for_the_proxy(
    proxy: HttpProxy, proxied_relay: FakeRelay, url: str
) -> None:
    proxied_relay.behave(USAGE, hang)
    told = await error_of(url, deadline_s=2)
    assert told == f"The relay behind the proxy {proxy.address} did not answer within 2 seconds."
    await proxy.wait_for_quiet()


async def test_a_relay_that_refuses_the_cookie_behind_a_proxy_is_still_understood(proxy: HttpProxy, url: str) -> None:
    error = (await RelayClient(url).check("session=old")).error
    assert error is not None
    assert error.code == "cookie_invalid"
    assert proxy.calls


async def test_no_error_tells_who_asks_or_with_what(
    url: str, proxy: HttpProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", f"http://canaryuser:canarypass@{proxy.address}")
    for instead in (*(lie for lie, _ in LIES), drip(b"canarypass canarycookie")):
        proxy.instead = instead
        reply = await RelayClient(url, deadline_s=0.5).usage("session=canarycookie")
        assert reply.error is not None
        assert "canary" not in f"{reply!r} {reply.error}"
