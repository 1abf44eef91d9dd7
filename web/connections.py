"""Owns the connections that are open, and which of them has to go when there are too many.

How one is closed is its own, `protocol`'s; how long it may take for what, too.
"""

from itertools import chain
from typing import Protocol


class Connection(Protocol):
    """What is known of a connection."""

    @property
    def waits(self) -> bool:
        """Whether it waits for its client to ask: for a request, or for the rest of one."""

    @property
    def stalls(self) -> bool:
        """Whether it waits for its client to read."""

    def cut(self) -> None:
        """Close it at once."""


class Connections:
    """At most `most` at a time.

    One more, and the one goes that has gone longest without a whole request, of those that wait for one; where none
    does, the one whose client has gone longest without reading its answer. So whoever only holds on to connections
    makes room for whoever asks. Where all are busy, that is the newcomer itself.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_age: dict[Connection, None] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._by_age)

    def add(self, connection: Connection) -> None:
        """Take in a connection that was opened."""
        self._by_age[connection] = None
        if len(self._by_age) > self._most:
            self.make_room(connection)

    def renew(self, connection: Connection) -> None:
        """Note that its client has asked, or read."""
        if connection in self._by_age:
            del self._by_age[connection]
            self._by_age[connection] = None

    def remove(self, connection: Connection) -> None:
        """Forget a connection that was closed."""
        self._by_age.pop(connection, None)

    def make_room(self, newcomer: Connection | None = None) -> bool:
        """Cut one off, the newcomer only where there is no other; return False where none waits for its client."""
        others = [connection for connection in self._by_age if connection is not newcomer]
        waiting = (connection for connection in others if connection.waits)
        stalling = (connection for connection in others if connection.stalls)
        gone = next(chain(waiting, stalling), newcomer)
        if gone is None:
            return False
        self.remove(gone)
        gone.cut()
        return True
