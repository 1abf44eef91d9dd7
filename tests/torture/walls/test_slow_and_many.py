"""A crowd that only holds on to connections: the page of those who behave stays live, and memory is bounded."""

import asyncio
import contextlib
import statistics
import time
from collections.abc import Callable
from typing import Final

import pytest

from bench.figures import allow_many_files, resident_mb
from tests.e2e.program import Api, Program
from tests.fakes.relay import FakeRelay, charge
from tests.torture.walls.crowd import BODY, HEAD, crowd_at
from tests.web.stream_reader import StreamReader

ROUNDS: Final = 30
MOST_MB: Final = 300
"""Far more than is needed, and far less than a head of a megabyte each would be."""


@pytest.fixture(autouse=True)
async def _quick() -> None:
    """Leave the loop's debug mode out: it is the test's own, and thousands of connections are in it."""
    asyncio.get_running_loop().set_debug(False)


async def test_a_crowd_of_idle_and_dripping_connections_leaves_the_page_live(
    program: Program,
    api: Api,
    relay: FakeRelay,
    port: int,
    count: Callable[[str], int],
    figure: Callable[[str, object], None],
) -> None:
    allow_many_files()
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    async with StreamReader.on(port) as page, crowd_at(port) as crowd:
        await page.usage()
        quiet_ms, quiet_mb = await _median_ms(api), resident_mb(program.pid)
        many = count("connections")
        await crowd.idle(many)
        await crowd.dripping(many // 10, HEAD)
        await crowd.dripping(many // 10, BODY)
        crowded_ms = await _median_ms(api)
        for number in range(1, 4):
            relay.records.insert(0, charge(number, at=_now()))
            await api.do("POST", "/api/refresh")
            assert [record["id"] for record in (await page.usage()).data["records"]] == [number]
        crowded_mb = resident_mb(program.pid)
        async with StreamReader.on(port) as another:
            assert len((await another.usage()).data["records"]) == 3
        assert (await api.call("GET", "/healthz"))[0] == 200
    assert crowded_mb < MOST_MB
    figure(
        f"GET /api/status, median, nobody else / {many * 12 // 10:,} others", f"{quiet_ms:.1f} / {crowded_ms:.1f} ms"
    )
    figure(f"resident, nobody else / {many * 12 // 10:,} others", f"{quiet_mb:.0f} / {crowded_mb:.0f} MB")


async def test_heads_without_end_cost_no_memory(
    program: Program, api: Api, port: int, figure: Callable[[str, object], None]
) -> None:
    await api.get("/api/status")
    before_mb, sent = resident_mb(program.pid), 0
    for _ in range(50):
        sent += await _send_until_closed(
            port, b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X: " + b"a" * 1_000 + b"\r\n"
        )
    after_mb = resident_mb(program.pid)
    await api.get("/api/status")
    assert after_mb - before_mb < 40
    figure(f"resident, before / after {sent / 1e6:.0f} MB of heads without end", f"{before_mb:.0f} / {after_mb:.0f} MB")


async def _send_until_closed(port: int, begun: bytes, more: bytes) -> int:
    """Return how many bytes could be sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(begun)
    sent = len(begun)
    with contextlib.suppress(ConnectionError):
        while not reader.at_eof() and not writer.is_closing():
            writer.write(more)
            sent += len(more)
            await writer.drain()
    writer.close()
    return sent


async def _median_ms(api: Api) -> float:
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await api.get("/api/status")
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1_000


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
