"""A million records of which most are let go at once, while polls go on and streams are open."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from domain.records import Record
from domain.settings import Config
from storage import files
from storage.store import opened
from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay, charge
from tests.storage.examples import answer
from tests.torture.kills.agreement import CELL_MS, moment_text

DAY_MS: Final = 86_400_000
DAYS: Final = 40
KEPT_DAYS: Final = 10
BATCH: Final = 100_000
REFILLED: Final = 10_000


@pytest.fixture(autouse=True)
async def _quick() -> None:
    asyncio.get_running_loop().set_debug(False)  # only the relay and those who look on are in it


async def test_a_large_history_is_let_go_of_while_everything_goes_on(
    relay: FakeRelay,
    session: aiohttp.ClientSession,
    tmp_path: Path,
    count: Callable[[str], int],
    figure: Callable[[str, object], None],
) -> None:
    data_dir, records, now_ms = tmp_path / "data", count("records"), _amid_a_cell()
    await _fill(data_dir, records, now_ms)
    history = data_dir / files.HISTORY
    figure(f"history of {records:,} records", f"{history.stat().st_size / 1e6:.0f} MB")
    number = records
    async with running(data_dir=data_dir, upstream=relay.url, TZ="UTC") as program:
        api, page = Api(session, program.url), Page()
        await api.do("PATCH", "/api/config", {"intervalSeconds": 86_400})
        await api.switch_on()
        async with page.follow(program.url, query="range=1"):
            # The first poll is over: a refresh would share it, and what it brought is from before.
            await page.until(lambda page: page.cursor and page.status["task"]["lastSuccessAt"])
            quiet_s = await _told_after(relay, api, page, number := number + 1, now_ms)
            resident_mb = _resident_mb(program)
            patched = asyncio.create_task(api.do("PATCH", "/api/config", {"retentionDays": KEPT_DAYS}))
            slowest_s, polls, began_s = 0.0, 0, time.monotonic()
            kept = _kept(records, now_ms)
            while page.status["usage"]["records"] > kept + number - records or not polls:
                slowest_s = max(slowest_s, await _told_after(relay, api, page, number := number + 1, now_ms))
                polls += 1
            took_s = time.monotonic() - began_s
            await patched
        figure("pruning three quarters of it takes", f"{took_s:.1f} s")
        figure("from an answer to the stream, before and at worst while pruning", f"{quiet_s:.3f}, {slowest_s:.3f} s")
        figure("memory, before and at most while pruning", f"{resident_mb:.0f}, {_peak_mb(program):.0f} MB")
        assert page.doubled == []
        left = await _assert_kept(api, records, number - records, now_ms)
        size_bytes = history.stat().st_size
        # What was let go of is room for what comes.
        await _refill(relay, api, number, min(records - left, 200_000), now_ms)
        assert history.stat().st_size <= size_bytes * 1.1
        figure(
            "file after pruning, and after as much was stored again",
            f"{size_bytes / 1e6:.0f}, {history.stat().st_size / 1e6:.0f} MB",
        )
        assert await program.stop() == 0
        assert "Traceback" not in program.errors


async def test_a_large_history_survives_a_kill_amid_its_pruning(
    relay: FakeRelay,
    session: aiohttp.ClientSession,
    tmp_path: Path,
    count: Callable[[str], int],
    figure: Callable[[str, object], None],
) -> None:
    data_dir, records, now_ms = tmp_path / "data", count("records"), _amid_a_cell()
    await _fill(data_dir, records, now_ms)
    async with running(data_dir=data_dir, upstream=relay.url, TZ="UTC") as program:
        await Api(session, program.url).do("PATCH", "/api/config", {"retentionDays": KEPT_DAYS})
        # Records go batch by batch: some are gone, most are not.
        while (
            _records(await Api(session, program.url).get("/api/usage?from=0&to=4102444800000&bucket=auto")) == records
        ):
            pass
        await program.kill()
    began_s = time.monotonic()
    async with running(data_dir=data_dir, upstream=relay.url, TZ="UTC") as program:
        figure(f"restart after a kill with {records:,} records", f"{time.monotonic() - began_s:.1f} s")
        page = Page()
        async with page.follow(program.url, query="range=1"):
            kept = _kept(records, now_ms)
            await page.until(lambda page: page.status and page.status["usage"]["records"] == kept)
        await _assert_kept(Api(session, program.url), records, 0, now_ms)
        assert await program.stop() == 0


async def _fill(data_dir: Path, records: int, now_ms: int) -> None:
    """Store charges of the same amount, evenly over the days until now."""
    files.prepare(data_dir)
    with opened(data_dir) as store:
        await store.settings.save_config(Config(time_zone="UTC"))
        for first in range(0, records, BATCH):
            numbers = range(first, min(first + BATCH, records))
            made = [Record(n + 1, f"model-{n % 6}", 1_500_000, _made_ms(n, records, now_ms)) for n in numbers]
            await store.history.apply(answer(made), now_ms)


def _amid_a_cell() -> int:
    """Return a moment of the last six hours: charges of just before and just after it are in one cell with it."""
    now_ms = time.time_ns() // 1_000_000
    return now_ms - now_ms % CELL_MS - CELL_MS // 2


def _kept(records: int, now_ms: int) -> int:
    """Return how many of the first charges are to be kept: those of whole cells, counted from the newest charge."""
    cutoff_ms = now_ms - KEPT_DAYS * DAY_MS
    cutoff_ms -= cutoff_ms % CELL_MS
    return sum(_made_ms(n, records, now_ms) >= cutoff_ms for n in range(records))


def _made_ms(n: int, records: int, now_ms: int) -> int:
    return now_ms - DAYS * DAY_MS + n * DAYS * DAY_MS // records


async def _told_after(relay: FakeRelay, api: Api, page: Page, number: int, at_ms: int) -> float:
    """Have one more charge polled; return how long it took from asking for it until the stream told of it."""
    relay.records = [charge(number, credits=1.5, at=moment_text(at_ms), model="model-0")]
    began_s = time.monotonic()
    await api.do("POST", "/api/refresh")
    await page.until(lambda page: number in page.records)
    return time.monotonic() - began_s


async def _assert_kept(api: Api, records: int, new: int, now_ms: int) -> int:
    """Hold the sums at several bucket sizes to what must be left, and return how many records that are."""
    left = _kept(records, now_ms) + new
    for size in ("900", "3600", "14400", "86400", "auto"):
        usage = await api.get(f"/api/usage?from=0&to=4102444800000&bucket={size}")
        assert _records(usage) == left
        assert sum(point[2] for one in usage["series"] for point in one["points"]) == left
        assert sum(point[1] for one in usage["series"] for point in one["points"]) == left * 1.5
        assert sum(model["credits"] for model in usage["models"]) == left * 1.5
    assert (await api.get("/api/status"))["usage"]["records"] == left
    return left


def _records(usage: dict[str, list[dict[str, int]]]) -> int:
    return sum(model["requests"] for model in usage["models"])


async def _refill(relay: FakeRelay, api: Api, number: int, records: int, now_ms: int) -> None:
    """Have as many charges polled, one after the other in time, as they come."""
    relay.limit = REFILLED
    for first in range(0, records, REFILLED):
        numbers = range(min(first + REFILLED, records) - 1, first - 1, -1)
        relay.records = [
            charge(number + 1 + n, credits=1.5, at=moment_text(now_ms + n * 100), model=f"model-{n % 6}")
            for n in numbers
        ]
        await api.do("POST", "/api/refresh")


def _resident_mb(program: Program, field: str = "VmRSS") -> float:
    with suppress(FileNotFoundError):
        status = Path(f"/proc/{program.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(f"{field}:"))
    return 0.0


def _peak_mb(program: Program) -> float:
    return _resident_mb(program, "VmHWM")
