"""How long whoever asks is waited for, and what is not hurried."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from aiohttp import web
from msgspec.structs import replace

from tests.web.raw import send
from tests.web.site import Site, Wish, open_site, until
from tests.web.stand_ins import NOW_MS, charge
from tests.web.stream_reader import StreamReader
from web.limits import USUAL, Limits

PUT: Final = (
    b"PUT /api/task HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n"
)
GET: Final = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
HASTY: Final = Limits(head_timeout_s=0.5, body_timeout_s=0.5, idle_timeout_s=0.5)
PING_S: Final = 0.05
LASTING: Final = 15
"""So many pings of a stream take longer than anything may take that is hurried."""


@asynccontextmanager
async def hasty(data_dir: Path, limits: Limits = HASTY) -> AsyncIterator[Site]:
    async with open_site(data_dir, Wish(limits=limits, ping_interval_s=PING_S)) as site:
        yield site


@asynccontextmanager
async def connected(site: Site) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def drip(writer: asyncio.StreamWriter, text: bytes) -> None:
    """Send a byte at a time, for ever; the pause is the misbehaviour itself."""
    while True:
        writer.write(text)
        await asyncio.sleep(0.005)


async def received_while_dripping(site: Site, begun: bytes, text: bytes) -> bytes:
    """Return what is answered until the connection is closed, while something drips."""
    async with connected(site) as (reader, writer):
        writer.write(begun)
        dripping = asyncio.create_task(drip(writer, text))
        try:
            return await received(reader)
        finally:
            dripping.cancel()


async def received(reader: asyncio.StreamReader) -> bytes:
    """Return what is sent until the connection is closed or reset."""
    pieces = []
    with contextlib.suppress(ConnectionResetError):
        while piece := await reader.read(65_536):
            pieces.append(piece)
    return b"".join(pieces)


async def a_while(site: Site) -> None:
    """Return once much more time has passed than anything may take."""
    async with StreamReader.on(site.port) as stream:
        await stream.usage()
        for _ in range(LASTING):
            await stream.ping()


@pytest.mark.parametrize("begun", [b"", b"\r\n", b"GET /", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
async def test_a_head_that_drips_is_given_up_and_told_so(data_dir: Path, begun: bytes) -> None:
    async with hasty(data_dir, replace(USUAL, head_timeout_s=0.05)) as site:
        answer = await received_while_dripping(site, begun, b"\r\n" if begun in {b"", b"\r\n"} else b"a")
        assert answer.startswith(b"HTTP/1.0 408 ")
        assert b'"code":"request_timeout"' in answer
        assert answer.count(b"HTTP/1.") == 1


async def test_a_head_that_drips_behind_an_answer_is_given_up(data_dir: Path) -> None:
    async with hasty(data_dir, replace(USUAL, head_timeout_s=0.05)) as site:
        answers = await received_while_dripping(site, GET + b"GET /", b"a")
        assert (answers.count(b"HTTP/1.1 200 "), answers.count(b"HTTP/1.0 408 ")) == (1, 1)


async def test_a_head_in_two_parts_is_answered(site: Site) -> None:
    async with connected(site) as (reader, writer):
        for _ in range(3):
            for part in (GET[:20], GET[20:]):
                writer.write(part)
                assert (await site.get("/healthz")).status == 200  # so that the parts come one by one
            assert (await reader.readuntil(b'{"status":"ok"}')).startswith(b"HTTP/1.1 200 ")


async def test_a_body_that_drips_is_given_up_and_told_so(data_dir: Path) -> None:
    async with hasty(data_dir, replace(USUAL, body_timeout_s=0.05)) as site:
        slow = PUT.replace(b"17", b"5000")
        answer = await received_while_dripping(site, slow, b" ")
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b'"code":"request_timeout"' in answer
        assert answer.count(b"HTTP/1.1 ") == 1


async def test_a_body_in_pieces_that_drip_is_given_up(data_dir: Path) -> None:
    async with hasty(data_dir, replace(USUAL, body_timeout_s=0.05)) as site:
        chunked = PUT.replace(b"Content-Length: 17", b"Transfer-Encoding: chunked")
        for begun, text in ((chunked, b"1\r\n \r\n"), (chunked + b"1;", b"a"), (chunked + b"0\r\nX:", b"a")):
            assert (await received_while_dripping(site, begun, text)).startswith(b"HTTP/1.1 408 ")


async def test_a_refused_body_that_drips_is_not_waited_for(site: Site) -> None:
    foreign = PUT.replace(b"localhost", b"evil.example").replace(b"17", b"5000")
    assert (await received_while_dripping(site, foreign, b" ")).startswith(b"HTTP/1.1 421 ")


async def test_a_connection_on_which_nothing_happens_is_closed(data_dir: Path) -> None:
    async with hasty(data_dir) as site:
        async with connected(site) as (reader, _):
            assert await reader.read() == b""
        async with connected(site) as (reader, writer):
            writer.write(GET)
            assert (await reader.read()).startswith(b"HTTP/1.1 200 ")


async def test_a_stream_goes_on_however_long_it_takes(data_dir: Path) -> None:
    async with hasty(data_dir) as site:
        await a_while(site)


async def test_a_stream_goes_on_although_its_client_begins_another_request(data_dir: Path) -> None:
    async with hasty(data_dir) as site, StreamReader.on(site.port) as stream:
        await stream.usage()
        stream.writer.write(b"GET / HTTP/1.1\r\nHost: ")
        await a_while(site)
        await site.poller.poll(charge(1))
        assert [record["id"] for record in (await stream.usage()).data["records"]] == [1]


async def test_an_export_that_is_read_slowly_is_not_cut(data_dir: Path) -> None:
    async with hasty(data_dir) as site:
        count = 20_000  # 6 MB, more than the kernel takes
        await site.poller.poll(*(charge(number, ago_ms=number, model="m" * 200) for number in range(count)))
        async with connected(site) as (reader, writer):
            path = f"/api/usage/export?format=ndjson&from={NOW_MS - 10_000_000}"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            await a_while(site)
            everything = await _until_end(reader)
        assert everything.count(b'"id":') == count


async def _until_end(reader: asyncio.StreamReader) -> bytes:
    received = b""
    while not received.endswith(b"\r\n0\r\n\r\n"):
        received += await reader.read(1 << 20)
    return received


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 10_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + (b"X: " + b"a" * 1_000 + b"\r\n") * 100,
        b"GET /" + b"a" * 1_000_000,
        b"G" * 1_000_000,
    ],
    ids=["one long header", "many headers", "many long headers", "a long address", "a long method"],
)
async def test_a_giant_head_is_refused_before_it_is_whole(site: Site, head: bytes) -> None:
    async with connected(site) as (reader, writer):
        writer.write(head)
        answer = await received(reader)
    # Where it was closed before all was read, the system may drop what was answered.
    assert answer.startswith((b"HTTP/1.0 400 ", b"HTTP/1.1 400 ")) or not answer


async def test_a_long_body_is_not_taken_for_a_giant_head(site: Site) -> None:
    body = b'{"cookie": "a=b"}' + b" " * 500_000
    head = (
        f"PUT /api/cookie HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    )
    async with connected(site) as (reader, writer):
        for _ in range(3):
            writer.write(head.encode() + b"\r\n\r\n" + body)
            assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")


async def test_where_there_are_too_many_connections_whoever_asks_is_answered(data_dir: Path) -> None:
    limits = Limits(connections=20)
    async with AsyncExitStack() as held, hasty(data_dir, limits) as site:
        page = await held.enter_async_context(StreamReader.on(site.port))
        await page.usage()
        idle = [await held.enter_async_context(connected(site)) for _ in range(40)]
        for _ in range(40):
            _, writer = await held.enter_async_context(connected(site))
            writer.write(PUT)
        assert await idle[0][0].read() == b""
        for _ in range(40):
            assert (await send(site.port, "GET /healthz HTTP/1.1", "Host: localhost")).status == 200
        await site.poller.poll(charge(1))
        assert (await page.usage()).data["records"]


async def test_where_there_are_too_many_streams_the_next_one_is_told_to_come_back(data_dir: Path) -> None:
    async with hasty(data_dir, Limits(streams=2)) as site:
        async with StreamReader.on(site.port) as first, StreamReader.on(site.port):
            await first.usage()
            answer = await send(site.port, "GET /api/events HTTP/1.1", "Host: localhost")
            assert (answer.status, answer.code) == (503, "too_many_streams")
            assert answer.headers["retry-after"] == "5"
        await until(lambda: site.rooms.hub.subscribers < 2)
        async with StreamReader.on(site.port) as third:
            await third.usage()


def add_something_large(app: web.Application) -> None:
    async def large(_: web.Request) -> web.Response:
        return web.Response(body=bytes(16 << 20))

    app.add_routes([web.get("/large", large)])


def held(port: int) -> int:
    """Return how many connections the server still has, whether it wants to close them or not."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


@pytest.mark.skipif(sys.platform != "linux", reason="where connections are counted is Linux's")
async def test_whoever_reads_nothing_and_begins_another_request_counts_until_it_is_gone(data_dir: Path) -> None:
    """What waits to be sent to it keeps a connection from closing in order, for ever."""
    limits = Limits(connections=8, head_timeout_s=0.2)
    async with open_site(data_dir, Wish(limits=limits, change=add_something_large)) as site, AsyncExitStack() as stack:
        for _ in range(20):
            _, writer = await stack.enter_async_context(connected(site))
            writer.transport.pause_reading()  # type: ignore[attr-defined] # it is one that reads, too
            with contextlib.suppress(ConnectionError):  # it may be cut off already
                writer.write(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n" + GET)
                await writer.drain()
                writer.write(b"G")
                await writer.drain()
        await until(lambda: held(site.port) <= limits.connections)
        assert (await send(site.port, "GET /healthz HTTP/1.1", "Host: localhost")).status == 200
