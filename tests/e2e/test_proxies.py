"""The program reaches a relay with a certificate of its own through each kind of proxy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.authority import AUTHORITY, server_context
from tests.fakes.http_proxy import HttpProxy
from tests.fakes.proxy import FakeProxy, Misbehaviour, say, stall
from tests.fakes.relay import FakeRelay, charge
from tests.fakes.socks_proxy import SocksProxy

COOKIE = "session=good"
UPSTREAM = "https://relay.invalid"
KINDS = [
    ("HTTPS_PROXY", "http://", HttpProxy),
    ("https_proxy", "", HttpProxy),
    ("ALL_PROXY", "socks5h://", SocksProxy),
    ("all_proxy", "socks4a://", SocksProxy),
]


@pytest.fixture
async def secure_relay() -> AsyncIterator[FakeRelay]:
    async with FakeRelay(server_context()) as relay:
        relay.records = [charge(1)]
        relay.cookies = {COOKIE}
        yield relay


@asynccontextmanager
async def run(data_dir: Path, **environment: str) -> AsyncIterator[tuple[Program, Api]]:
    """Run the program; check at its end that it said nothing of the cookie, or of who it was for the proxy."""
    environment |= {"SSL_CERT_FILE": str(AUTHORITY)}
    async with (
        running(data_dir=data_dir, upstream=UPSTREAM, **environment) as program,
        aiohttp.ClientSession() as session,
    ):
        yield program, Api(session, program.url)
        assert await program.stop() == 0
    assert "good" not in program.errors
    assert "secret" not in program.errors
    assert "Traceback" not in program.errors
    assert "Warning" not in program.errors


async def refused_poll(api: Api) -> str:
    """Return what a person is told who asks for a poll that fails."""
    status, answer = await api.call("POST", "/api/refresh")
    assert (status, answer["code"]) == (502, "upstream_unavailable")
    assert "secret" not in str(answer)
    return str(answer["detail"])


@pytest.mark.parametrize(("variable", "scheme", "kind"), KINDS)
async def test_the_relay_is_polled_through_a_proxy_that_asks_who_is_there(
    data_dir: Path, secure_relay: FakeRelay, variable: str, scheme: str, kind: type[FakeProxy]
) -> None:
    async with kind(secure_relay.url, guarded=True) as proxy:
        environment = {variable: f"{scheme}me:secret@{proxy.address}"}
        async with run(data_dir, **environment) as (program, api):
            page = Page()
            async with page.follow(program.url):
                await api.switch_on(COOKIE)
                await page.until(lambda page: 1 in page.records)
                assert page.status["task"]["state"] == "polling"
        assert {call.target for call in proxy.calls} == {"relay.invalid:443"}
        assert not [call for call in proxy.calls if b"good" in call.raw]


async def test_a_relay_that_is_exempt_is_reached_directly(data_dir: Path, secure_relay: FakeRelay) -> None:
    async with HttpProxy(secure_relay.url) as proxy:
        environment = {"HTTPS_PROXY": f"http://{proxy.address}", "NO_PROXY": "relay.invalid"}
        async with run(data_dir, **environment) as (_, api):
            await api.do("PUT", "/api/cookie", {"cookie": COOKIE})
            assert "name of the relay could not be found" in await refused_poll(api)
    assert proxy.calls == []


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        (say(b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic\r\n\r\n"), "asks for a user and a password"),
        (say(b"HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/login\r\n\r\n"), "did not let the call through"),
        (stall, "could not be reached in time"),
    ],
)
async def test_a_proxy_in_trouble_is_named_and_is_no_expired_cookie(
    data_dir: Path, secure_relay: FakeRelay, instead: Misbehaviour, words: str
) -> None:
    async with (
        HttpProxy(secure_relay.url) as proxy,
        run(data_dir, HTTPS_PROXY=f"http://me:secret@{proxy.address}") as (program, api),
    ):
        page = Page()
        async with page.follow(program.url):
            await api.switch_on(COOKIE)
            await page.until(lambda page: 1 in page.records)
            proxy.instead = instead
            told = await refused_poll(api)
            assert told.startswith(f"The proxy {proxy.address} ")
            assert words in told
            await page.until(lambda page: page.status["task"]["state"] == "retrying")
            assert page.status["task"]["error"]["detail"] == told
            assert page.status["cookie"]["valid"] is True
            proxy.instead = None
            await api.do("POST", "/api/refresh")
            await page.until(lambda page: page.status["task"]["state"] == "polling")


@pytest.mark.parametrize(("variable", "scheme", "kind"), KINDS)
async def test_a_proxy_that_is_not_there_is_named(
    data_dir: Path, secure_relay: FakeRelay, variable: str, scheme: str, kind: type[FakeProxy]
) -> None:
    async with kind(secure_relay.url) as proxy:
        pass
    environment = {variable: f"{scheme}{proxy.address}"}
    async with run(data_dir, **environment) as (_, api):
        await api.do("PUT", "/api/cookie", {"cookie": COOKIE})
        assert await refused_poll(api) == f"The proxy {proxy.address} does not accept connections."


async def test_a_proxy_that_stalls_does_not_keep_the_program_from_ending(
    data_dir: Path, secure_relay: FakeRelay
) -> None:
    begun = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun.set()
        await stall(reader, writer)

    async with SocksProxy(secure_relay.url) as proxy:
        proxy.instead = hold
        async with run(data_dir, ALL_PROXY=f"socks5h://{proxy.address}") as (_, api):
            saving = asyncio.create_task(api.call("PUT", "/api/cookie", {"cookie": COOKIE}))
            await begun.wait()
        await asyncio.gather(saving, return_exceptions=True)
