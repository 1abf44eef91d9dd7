import asyncio
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import web

from domain.errors import StartError
from domain.records import Stored
from tests.web.raw import send
from tests.web.site import Wish, open_site
from tests.web.stand_ins import charge
from tests.web.stream_reader import StreamReader, stalled
from web.serve import ASKS_FOR_KEY, serving


def bound(address: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.bind((address, 0))
    except OSError:
        listener.close()
        pytest.skip(f"this machine has no {address}")
    return listener


@pytest.mark.parametrize("address", ["", "::"])
async def test_what_others_can_reach_is_refused_and_closed_where_no_key_is_asked_for(address: str) -> None:
    for asks in ({}, {ASKS_FOR_KEY: False}):
        app, listener = web.Application(), bound(address)
        for name, value in asks.items():
            app[name] = value
        with pytest.raises(StartError, match=r"CCURVE_ACCESS_KEY.*--host"):
            async with serving(app, listener):
                raise AssertionError("it must not come to this")
        assert listener.fileno() == -1


@pytest.mark.parametrize("address", ["", "::"])
async def test_every_address_is_served_where_a_key_is_asked_for(address: str) -> None:
    app, listener = web.Application(), bound(address)
    app[ASKS_FOR_KEY] = True
    async with serving(app, listener):
        _, writer = await asyncio.open_connection("::1" if address else "127.0.0.1", listener.getsockname()[1])
        writer.close()


async def test_an_application_of_ours_asks_for_a_key_where_it_was_given_one(data_dir: Path) -> None:
    for key in (None, "key-of-a-test"):
        async with open_site(data_dir, Wish(access_key=key)) as site:
            assert site.app[ASKS_FOR_KEY] is (key is not None)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
async def test_every_loopback_address_is_served(address: str) -> None:
    listener = bound(address)
    port = listener.getsockname()[1]
    async with serving(web.Application(), listener):
        _, writer = await asyncio.open_connection(address, port)
        writer.close()


async def test_streams_that_are_open_are_ended_in_order(data_dir: Path) -> None:
    async with AsyncExitStack() as stack:
        async with open_site(data_dir) as site:
            streams = [await stack.enter_async_context(StreamReader.on(site.port)) for _ in range(3)]
            for stream in streams:
                await stream.usage()
        for stream in streams:
            with pytest.raises(ConnectionError, match="the server ended the stream"):
                await stream.next()


async def test_nobody_is_answered_after_the_end(data_dir: Path) -> None:
    async with open_site(data_dir) as site:
        port = site.port
    with pytest.raises(OSError, match=r"."):
        await send(port, "GET /healthz HTTP/1.1", "Host: localhost")


async def test_a_reader_that_has_stalled_does_not_hold_up_the_end(data_dir: Path) -> None:
    records = [charge(number) for number in range(1, 1_001)]
    async with AsyncExitStack() as stack:
        async with open_site(data_dir) as site:
            stack.enter_context(await stalled(site))
            quick = await stack.enter_async_context(StreamReader.on(site.port))
            await quick.usage()
            for sequence in range(1, 100):  # 13 MB, more than the kernel takes
                site.rooms.hub.usage(Stored(records, 1_000, f"a-{sequence}"))
                await quick.usage()
        with pytest.raises(ConnectionError, match="the server ended the stream"):
            await quick.next()
