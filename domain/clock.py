"""Owns the shape of time as it is handed round: two clocks, and a wait that either of two things ends.

The real ones are read here and nowhere else in the product; tests hand over one that they turn.
"""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def wall_ms(self) -> int:
        """Return UTC epoch milliseconds. May jump either way."""

    def monotonic_s(self) -> float:
        """Return seconds that never go back, and may stand still while the machine sleeps."""

    async def wait(self, event: asyncio.Event, timeout_s: float) -> None:
        """Return when `event` is set, or after `timeout_s` seconds. Does not clear the event."""


class SystemClock:
    """The machine's clocks."""

    def wall_ms(self) -> int:
        """Return UTC epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        """Return seconds since some fixed moment."""
        return time.monotonic()

    async def wait(self, event: asyncio.Event, timeout_s: float) -> None:
        """Return when `event` is set, or after `timeout_s` seconds."""
        try:
            async with asyncio.timeout(timeout_s):
                await event.wait()
        except TimeoutError:
            return
