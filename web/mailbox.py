"""Owns what waits for one stream: a bounded queue of events that all streams share.

Who fills it is the hub's, who empties it is the stream's. Lives on the event loop.
"""

import asyncio
from collections.abc import Callable

from msgspec import Struct

from domain.cursor import Cursor


class Frame(Struct, frozen=True, gc=False):
    """An event.

    `wire` is its bytes, None for records so many that a stream reads them for itself. `cursor` is how far the store
    had got with a usage event, None for any other.
    """

    wire: bytes | None
    cursor: Cursor | None = None


class Mailbox:
    """At most `depth` frames. One more overflows it for good: nothing is added or taken any longer.

    `cut_off` is for whoever is told so to call.
    """

    __slots__ = ("_depth", "_frames", "_overflowed", "_waiter", "cut_off")

    def __init__(self, depth: int, cut_off: Callable[[], None]) -> None:
        self._depth = depth
        self._frames: list[Frame] = []
        self._overflowed = False
        self._waiter: asyncio.Future[None] | None = None
        self.cut_off = cut_off

    def put(self, frame: Frame) -> bool:
        """Add a frame; return False where that has made the mailbox overflow."""
        if len(self._frames) < self._depth:
            self._frames.append(frame)
        else:
            self._overflowed = True
            self._frames.clear()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        return not self._overflowed

    async def take(self) -> list[Frame]:
        """Return all that waits, oldest first, once there is any. For one taker at a time.

        Raises ConnectionAbortedError once the mailbox has overflowed.
        """
        if not self._frames and not self._overflowed:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if self._overflowed:
            raise ConnectionAbortedError("the reader fell behind")
        frames, self._frames = self._frames, []
        return frames
