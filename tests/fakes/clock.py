"""Owns a clock that tests turn; it implements `domain.clock.Clock` and never waits for real time."""

import asyncio

PATIENCE_S = 30
"""How long a test waits for what never comes, before it fails."""


class FakeClock:
    """Stands still until it is turned.

    `run` lets time pass as it does, `jump` as a process sees it that stood still, `sleep` as after the machine slept.
    """

    def __init__(self, wall_ms: int = 1_756_129_184_000, monotonic_s: float = 1000.0) -> None:
        self._wall_ms = wall_ms
        self._monotonic_s = monotonic_s
        self._waiters: list[tuple[float, asyncio.Event]] = []
        self._waited_on = asyncio.Condition()

    def wall_ms(self) -> int:
        return self._wall_ms

    def monotonic_s(self) -> float:
        return self._monotonic_s

    async def wait(self, event: asyncio.Event, timeout_s: float) -> None:
        waiter = (self._monotonic_s + timeout_s, asyncio.Event())
        self._waiters.append(waiter)
        waits = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(waiter[1].wait())]
        try:
            async with self._waited_on:
                self._waited_on.notify_all()
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            for wait in waits:
                wait.cancel()

    async def run(self, seconds: float) -> None:
        """Let time pass, and everybody who waits on the clock act at their time. Somebody must be waiting on it."""
        end_s = self._monotonic_s + seconds
        while True:
            async with asyncio.timeout(PATIENCE_S), self._waited_on:
                await self._waited_on.wait_for(lambda: bool(self._waiters))
            next_s = min(until_s for until_s, _ in self._waiters)
            self.jump(min(next_s, end_s) - self._monotonic_s)
            if next_s >= end_s:
                return

    def jump(self, seconds: float) -> None:
        """Turn both clocks at once, past whatever was due in between."""
        self._monotonic_s += seconds
        self._wall_ms += round(seconds * 1000)
        for waiter in [waiter for waiter in self._waiters if waiter[0] <= self._monotonic_s]:
            self._waiters.remove(waiter)
            waiter[1].set()

    def sleep(self, seconds: float) -> None:
        """Turn the wall clock alone, as a sleep of the machine does; back too, as somebody who sets it may."""
        self._wall_ms += round(seconds * 1000)
