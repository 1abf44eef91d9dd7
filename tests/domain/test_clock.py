import asyncio
import time

from domain.clock import SystemClock


def test_the_wall_clock_tells_milliseconds_since_the_epoch() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= SystemClock().wall_ms() <= time.time_ns() // 1_000_000


def test_the_other_clock_never_goes_back() -> None:
    clock = SystemClock()
    readings = [clock.monotonic_s() for _ in range(1000)]
    assert readings == sorted(readings)


async def test_a_wait_ends_when_the_event_is_set() -> None:
    event = asyncio.Event()
    waiting = asyncio.create_task(SystemClock().wait(event, 3600))
    event.set()
    await waiting
    assert event.is_set()


async def test_a_wait_ends_when_its_time_is_up() -> None:
    event = asyncio.Event()
    await SystemClock().wait(event, 0.001)
    assert not event.is_set()
