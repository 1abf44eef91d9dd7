"""The relay is asked through SOCKS proxies, on a line that can be cut, and what goes wrong with one is told as that."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from domain.errors import UpstreamUnavailableError
from poller import trust
from poller.client import RelayClient
from tests.fakes.authority import AUTHORITY, server_context
from tests.fakes.proxy import Misbehaviour, say, stall
from tests.fakes.relay import USAGE, Behaviour, FakeRelay, drip_body, hang
from tests.fakes.socks_proxy import SocksProxy

COOKIE = "session=good"
BY_THE_PROXY = ["socks5h", "socks4a"]
BY_US = ["socks5", "socks4"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(AUTHORITY))
    trust.tls_context.cache_clear()


@pytest.fixture
async def proxy(relay: FakeRelay) -> AsyncIterator[SocksProxy]:
    relay.cookies = {COOKIE}
    async with SocksProxy(relay.url) as proxy:
        yield proxy


@pytest.fixture
async def guarded(relay: FakeRelay) -> AsyncIterator[SocksProxy]:
    async with SocksProxy(relay.url, guarded=True) as proxy:
        yield proxy


async def stall_after_greeting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if (await reader.readexactly(1)) == b"\5":
        writer.write(b"\5\0")
    await stall(reader, writer)


async def error_of(url: str, *, deadline_s: float = 20) -> str:
    """Return what an unavailable relay is said to suffer from."""
    client = RelayClient(url, deadline_s=deadline_s)
    error = (await client.usage(COOKIE)).error
    await client.close()
    assert isinstance(error, UpstreamUnavailableError)
    return str(error)


@pytest.mark.parametrize("scheme", BY_THE_PROXY)
@pytest.mark.parametrize("variable", ["http_proxy", "ALL_PROXY"])
async def test_the_relay_is_asked_through_the_proxy_which_looks_up_its_name(
    relay: FakeRelay, proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str, variable: str
) -> None:
    monkeypatch.setenv(variable, f"{scheme}://{proxy.address}")
    assert (await RelayClient("http://relay.invalid").usage(COOKIE)).error is None
    assert [call.target for call in proxy.calls] == ["relay.invalid:80"]
    assert relay.requests[0].raw.startswith(b"GET /api/user/usage HTTP/1.1\r\nHost: relay.invalid\r\n")
    await proxy.wait_for_quiet()


@pytest.mark.parametrize("scheme", BY_THE_PROXY + BY_US)
async def test_an_address_is_handed_on_as_it_is(
    proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("all_proxy", f"{scheme}://{proxy.address}")
    assert (await RelayClient("http://192.0.2.1:81").usage(COOKIE)).error is None
    assert [call.target for call in proxy.calls] == ["192.0.2.1:81"]


@pytest.mark.parametrize("scheme", BY_US)
async def test_a_name_that_we_are_to_look_up_and_cannot_find_is_told_as_the_relays(
    proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("all_proxy", f"{scheme}://{proxy.address}")
    told = await error_of("http://relay.invalid")
    assert told == "The name of the relay could not be found. Is this machine online?"
    assert proxy.calls == []


@pytest.mark.parametrize("scheme", BY_THE_PROXY)
async def test_a_secure_relay_is_verified_through_the_proxy(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    async with FakeRelay(server_context()) as relay, SocksProxy(relay.url) as proxy:
        monkeypatch.setenv("https_proxy", f"{scheme}://{proxy.address}")
        assert (await RelayClient("https://relay.invalid").usage(COOKIE)).error is None
        told = await error_of("https://other.invalid")
        assert told == (
            f"The certificate of the relay behind the proxy {proxy.address} cannot be trusted, so nothing was sent."
        )
    assert [call.target for call in proxy.calls] == ["relay.invalid:443", "other.invalid:443"]
    assert len(relay.requests) == 1


@pytest.mark.parametrize(("scheme", "credentials"), [("socks5h", "me:secret"), ("socks4a", "me")])
async def test_a_proxy_is_told_who_asks(
    guarded: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str, credentials: str
) -> None:
    monkeypatch.setenv("all_proxy", f"{scheme}://{credentials}@{guarded.address}")
    assert (await RelayClient("http://relay.invalid").usage(COOKIE)).error is None
    assert [call.credentials for call in guarded.calls] == [credentials]


@pytest.mark.parametrize("credentials", ["", "me:wrong@"])
async def test_a_proxy_that_does_not_know_who_asks_is_told(
    guarded: SocksProxy, relay: FakeRelay, monkeypatch: pytest.MonkeyPatch, credentials: str
) -> None:
    monkeypatch.setenv("all_proxy", f"socks5h://{credentials}{guarded.address}")
    told = await error_of("http://relay.invalid")
    assert told.startswith(f"The proxy {guarded.address} asks for a user and a password that it knows.")
    assert relay.requests == []


async def test_an_older_proxy_that_does_not_know_who_asks_only_says_no(
    guarded: SocksProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", f"socks4a://wrong@{guarded.address}")
    told = await error_of("http://relay.invalid")
    assert told == f"The proxy {guarded.address} did not let the call through (0x5b: Request rejected or failed)."


@pytest.mark.parametrize("scheme", BY_THE_PROXY)
async def test_a_proxy_that_is_not_there_is_told(
    proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    await proxy.__aexit__()
    monkeypatch.setenv("all_proxy", f"{scheme}://{proxy.address}")
    assert await error_of("http://relay.invalid") == f"The proxy {proxy.address} does not accept connections."


async def test_a_proxy_that_cannot_reach_the_relay_says_why(proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(b"\5\0")
        await reader.read(100)
        writer.write(b"\5\5\0\1" + bytes(6))

    proxy.instead = refuse
    monkeypatch.setenv("all_proxy", f"socks5h://{proxy.address}")
    told = await error_of("http://relay.invalid")
    assert told == f"The proxy {proxy.address} did not let the call through (0x05: Connection refused)."


@pytest.mark.parametrize("scheme", BY_THE_PROXY)
@pytest.mark.parametrize("instead", [say(b""), say(b"HTTP/1.1 400 Bad Request\r\n\r\n"), say(b"\5\7")])
async def test_a_proxy_that_speaks_something_else_is_told(
    proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str, instead: Misbehaviour
) -> None:
    proxy.instead = instead
    monkeypatch.setenv("all_proxy", f"{scheme}://{proxy.address}")
    told = await error_of("http://relay.invalid")
    assert told in (
        f"The proxy {proxy.address} did not go through with the greetings of SOCKS. Is its address right?",
        f"The connection to the proxy {proxy.address} broke off.",
    )


@pytest.mark.parametrize("scheme", BY_THE_PROXY)
@pytest.mark.parametrize("instead", [stall, stall_after_greeting])
async def test_a_proxy_that_stalls_is_cut_off_and_told(
    proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str, instead: Misbehaviour
) -> None:
    proxy.instead = instead
    monkeypatch.setenv("all_proxy", f"{scheme}://{proxy.address}")
    told = await error_of("http://relay.invalid", deadline_s=2)
    assert told == f"The proxy {proxy.address} did not answer within 2 seconds."
    await proxy.wait_for_quiet()


@pytest.mark.parametrize("scheme", BY_THE_PROXY)
@pytest.mark.parametrize("behaviour", [hang, drip_body()])
async def test_a_relay_that_stalls_behind_a_proxy_is_cut_off(
    relay: FakeRelay, proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch, scheme: str, behaviour: Behaviour
) -> None:
    relay.behave(USAGE, behaviour)
    monkeypatch.setenv("all_proxy", f"{scheme}://{proxy.address}")
    told = await error_of("http://relay.invalid", deadline_s=2)
    assert told == f"The relay behind the proxy {proxy.address} did not answer within 2 seconds."
    await proxy.wait_for_quiet()
    await relay.wait_for_quiet()


async def test_giving_up_ends_a_call_that_the_proxy_holds(proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        begun.set()
        while await reader.read(100):
            pass

    proxy.instead = hold
    monkeypatch.setenv("all_proxy", f"socks5h://{proxy.address}")
    client = RelayClient("http://relay.invalid", deadline_s=600)
    call = asyncio.create_task(client.usage(COOKIE))
    await begun.wait()
    client.give_up("Enough.")
    assert str((await call).error) == "Enough."
    await proxy.wait_for_quiet()


async def test_a_cookie_that_the_relay_refuses_behind_a_proxy_is_refused(
    proxy: SocksProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", f"socks5h://{proxy.address}")
    error = (await RelayClient("http://relay.invalid").check("session=old")).error
    assert error is not None
    assert error.code == "cookie_invalid"
