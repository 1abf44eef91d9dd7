"""Owns the waiting between polls, and noticing that the machine slept, the process stood still, or a clock was set.

What follows from that is `poller.machine`'s.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from domain.clock import Clock

TICK_S: Final = 2.0
"""The longest wait in one piece: a sleep is noticed that long after it ended."""

_UNSEEN_S: Final = 2.0
"""By how much a tick may be late, or the two clocks may drift apart over it, before that counts as sleep."""


class Watch:
    """Waits in ticks, and compares the clocks after each."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Forget what the clocks showed before."""
        self._wall_ms = self._clock.wall_ms()
        self._monotonic_s = self._clock.monotonic_s()

    async def wait(self, event: asyncio.Event, timeout_s: float) -> float | None:
        """Return once `event` is set, the time is over, or a tick is: None, or the seconds slept if the machine woke.

        They are zero where that is not known: the process stood still by itself, or the clock was set back.
        """
        timeout_s = min(timeout_s, TICK_S)
        await self._clock.wait(event, timeout_s)
        return self._slept_s(timeout_s)

    async def during(self, work: Coroutine[Any, Any, None]) -> float | None:
        """Return once `work` has ended, and what `wait` does; raise what it raises.

        The ticks are the event loop's own, not the clock's: only they pass while work is under way.
        """
        task = asyncio.create_task(work)
        slept_s: float | None = None
        try:
            while not task.done():
                await asyncio.wait([task], timeout=TICK_S)
                seen_s = self._slept_s(TICK_S)
                slept_s = seen_s if slept_s is None else slept_s + (seen_s or 0)
        finally:
            task.cancel()
            await asyncio.wait([task])
        task.result()
        return slept_s

    def _slept_s(self, tick_s: float) -> float | None:
        """Return the seconds slept since the tick before, which was to be `tick_s` long; None where nobody slept."""
        wall_ms, monotonic_s = self._wall_ms, self._monotonic_s
        self.reset()
        passed_s = self._monotonic_s - monotonic_s
        ahead_s = (self._wall_ms - wall_ms) / 1000 - passed_s
        if passed_s - tick_s > _UNSEEN_S or abs(ahead_s) > _UNSEEN_S:
            return max(ahead_s, 0.0)
        return None
