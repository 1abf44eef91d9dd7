"""Owns the state as it stands, the clocks it is read against, and who is told when it changes.

What a change is, is `poller.machine`'s; who makes one, `poller.asking`'s and `poller.loop`'s.
"""

import asyncio

from domain.clock import Clock
from domain.records import Stored
from poller import journal
from poller.needs import Announcer
from poller.state import Moment, State


class Board:
    """The one place where the state is kept. `changed` is set on every change, for who waits to act on it."""

    def __init__(self, state: State, announcer: Announcer, clock: Clock) -> None:
        self._state = state
        self._announcer = announcer
        self._clock = clock
        self._untold = False
        self.changed = asyncio.Event()

    @property
    def state(self) -> State:
        """The state as it stands."""
        return self._state

    def now(self) -> Moment:
        """Return this instant on both clocks."""
        return Moment(self._clock.monotonic_s(), self._clock.wall_ms())

    def move(self, state: State) -> None:
        """Take over a state, log its edges, and tell everybody; nothing happens where people would see no change."""
        before, self._state = self._state, state
        if state == before and not self._untold:
            return
        self._untold = False
        journal.log_edge(before, state)
        self.changed.set()
        self._announcer.status()

    def tell_stored(self, stored: Stored) -> None:
        """Tell what a poll put into the store; the status that follows from it is told by the next `move`."""
        if stored.records:
            self._announcer.usage(stored)
        self._untold = True

    def tell_status(self) -> None:
        """Tell that what people are shown has changed although the state has not."""
        self._announcer.status()
