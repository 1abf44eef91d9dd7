"""Owns the figures of what is live: a poll, and how it reaches many pages, through a real relay and real sockets."""

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bench.charges import FIRST_ID
from bench.figures import quiet_environment, show
from domain.records import Record
from domain.zones import utc_text
from tests.fakes.relay import USAGE, Exchange, FakeRelay, RelayRecord, charge, normal

_NEWS: Final = b'"reset":false'
_GOALS: Final = {1: "<= 5", 100: "<= 15", 1000: "<= 110"}
_RULERS: Final = {1: "", 100: "the existing Go tool, on such a machine: 17 ms", 1000: "the same: 117 ms"}


class _Page(asyncio.Protocol):
    """An open page: it notes when news reached it."""

    def __init__(self, request: bytes, opened: asyncio.Semaphore, news: "asyncio.Queue[int]") -> None:
        self._request = request
        self._opened = opened
        self._news = news
        self._begun = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - it is TCP
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if _NEWS in data:
            self._news.put_nowait(time.monotonic_ns())
        elif not self._begun and b'"reset":true' in data:
            self._begun = True
            self._opened.release()


class _Relay:
    """The relay of a store that is full: answers of 20, of which 3 are new; notes when it has answered."""

    def __init__(self, relay: FakeRelay, newest: Sequence[Record]) -> None:
        self.answered_ns = 0
        self._relay = relay
        self._next_id = FIRST_ID * 2
        relay.records = [_charge(r) for r in reversed(newest[-20:])]
        relay.behave(USAGE, self._answer)

    def charge_three(self) -> None:
        for _ in range(3):
            self._next_id += 1
            self._relay.records.insert(0, charge(self._next_id, at=utc_text(time.time_ns() // 1_000_000)))

    async def _answer(self, exchange: Exchange) -> None:
        await normal(exchange)
        self.answered_ns = time.monotonic_ns()


def _charge(record: Record) -> RelayRecord:
    credits_used = record.micros // 1_000_000
    return charge(record.id, credits=credits_used, at=utc_text(record.created_ms), model=record.model)


async def measure(data_dir: Path, newest: Sequence[Record], rounds: int) -> None:
    """Start CCurve on a full store and measure with 1, 100 and 1,000 pages."""
    async with FakeRelay() as fake, aiohttp.ClientSession() as session:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(Path(__file__).parent / "timed_app.py"), "--no-browser", "--port", "0"),
            *("--data-dir", str(data_dir), "--upstream", fake.url),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=quiet_environment(),
        )
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - they were asked for
        url = (await process.stdout.readline()).decode().split()[-1]
        relay = _Relay(fake, newest)
        await session.put(f"{url}/api/cookie", json={"cookie": "session=good"})
        await session.post(f"{url}/api/refresh")
        for pages in _GOALS:
            await _measure_pages(pages, rounds, url, session, relay, process)
        process.terminate()
        await process.wait()


async def _measure_pages(
    pages: int,
    rounds: int,
    url: str,
    session: aiohttp.ClientSession,
    relay: _Relay,
    process: asyncio.subprocess.Process,
) -> None:
    assert process.stderr is not None  # noqa: S101 - it was asked for
    address = urlsplit(url)
    request = f"GET /api/events?range=1 HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    opened, news = asyncio.Semaphore(0), asyncio.Queue[int]()
    loop = asyncio.get_running_loop()
    connections = [
        await loop.create_connection(lambda: _Page(request, opened, news), address.hostname or "", address.port or 0)
        for _ in range(pages)
    ]
    for _ in range(pages):
        await opened.acquire()
    polls: list[float] = []
    tellings: list[float] = []
    for _ in range(rounds):
        relay.charge_three()
        await session.post(f"{url}/api/refresh")
        arrived = [await news.get() for _ in range(pages)]
        committed = 0
        while not committed:
            line = (await process.stderr.readline()).decode().split()
            committed = int(line[1]) if line[:1] == ["committed"] else 0
        tellings += [(at - committed) / 1e6 for at in arrived]
        polls.append((max(arrived) - relay.answered_ns) / 1e6)
    for transport, _ in connections:
        transport.close()
    if pages == 1:
        show("a poll of 20 with 3 new: parsed, committed, told", statistics.median(polls), "ms", _GOALS[pages])
        return
    p99 = statistics.quantiles(tellings, n=100)[98]
    show(f"from the commit to {pages} pages, p99", p99, "ms", _GOALS[pages], _RULERS[pages])
