"""Owns the waiting between polls, and noticing that the machine slept, the process stood still, or a clock was set.

What follows from that is `poller.machine`'s.
"""

import asyncio
from typing import Final

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
        began_s = self._clock.monotonic_s()
        await self._clock.wait(event, timeout_s)
        wall_ms, monotonic_s = self._wall_ms, self._monotonic_s
        self.reset()
        late_s = self._monotonic_s - began_s - timeout_s
        # Since the tick before, so that a sleep in the middle of a call is seen too.
        ahead_s = (self._wall_ms - wall_ms) / 1000 - (self._monotonic_s - monotonic_s)
        if late_s > _UNSEEN_S or abs(ahead_s) > _UNSEEN_S:
            return max(ahead_s, 0.0)
        return None
