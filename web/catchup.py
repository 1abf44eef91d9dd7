"""Owns what a stream must be told before the news: the records of its window, or those stored since its cursor.

Streams that ask the same at the same moment share one read and its bytes, so that a thousand pages that come back at
once cost little more than one. News is the hub's, writing is the stream's.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterable
from typing import Final

from msgspec import Struct

from domain.cursor import Cursor, cursor_from_text
from domain.records import MAX_TIME_MS, Record
from domain.windows import Window
from domain.zones import Zone
from web.encode import record_batches
from web.frames import TAIL, head
from web.needs import View
from web.query import MINUTE_MS
from web.rooms import Rooms

PAGE_RECORDS: Final = 5_000
"""How many records an event of a resumed stream holds at most."""


class Piece(Struct, frozen=True):
    """One usage event on the wire, in consecutive parts; it ends at `cursor`, behind which there may be `more`."""

    parts: list[bytes]
    cursor: Cursor
    more: bool = False


class CatchUp:
    """Reads pieces. What it returns holds everything that was told of before it was asked, or says `more`."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._reading: dict[Hashable, asyncio.Task[Piece | None]] = {}

    async def snapshot(self, range_min: int) -> Piece:
        """Return the records of the last `range_min` minutes, those of the relay's future too."""
        from_ms = max(0, self._rooms.clock.wall_ms() - range_min * MINUTE_MS)
        zone = self._rooms.zone()

        def read(view: View) -> Piece | None:
            cursor = _known(view.cursor)
            return Piece(_parts(view.records(Window(from_ms, MAX_TIME_MS + 1)), cursor, zone, reset=True), cursor)

        piece = await self._shared(("snapshot", range_min), read)
        if piece is None:
            raise AssertionError("a window can always be read")
        return piece

    async def since(self, cursor: str) -> Piece | None:
        """Return the first `PAGE_RECORDS` records stored after `cursor`, None where the store does not know it."""
        zone = self._rooms.zone()

        def read(view: View) -> Piece | None:
            since = view.since(cursor, PAGE_RECORDS)
            if since is None:
                return None
            end = _known(since.cursor)
            return Piece(_parts(since.records, end, zone, reset=False), end, since.more)

        return await self._shared(("since", cursor), read)

    async def close(self) -> None:
        """Give up what is being read."""
        tasks = list(self._reading.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _shared(self, key: Hashable, read: Callable[[View], Piece | None]) -> Piece | None:
        told = self._rooms.hub.told
        while True:
            task = self._reading.get(key)
            # One that is done but not yet forgotten is no longer under way: waiting for it would not even let it be.
            joined = task is not None and not task.done()
            if task is None or task.done():
                task = asyncio.create_task(self._rooms.usage.read(read))
                self._reading[key] = task
                task.add_done_callback(lambda done: self._forget(key, done))
            # Shielded, for others may wait for the same.
            piece = await asyncio.shield(task)
            # One that was under way before we came may have begun before the last news, which went to others only.
            if not joined or piece is None or piece.more or piece.cursor.sequence >= told:
                return piece

    def _forget(self, key: Hashable, done: asyncio.Task[Piece | None]) -> None:
        if self._reading.get(key) is done:
            del self._reading[key]
        if not done.cancelled():
            done.exception()  # whoever still waits gets it, too


def _known(text: str) -> Cursor:
    cursor = cursor_from_text(text)
    if cursor is None:
        raise AssertionError("a store's cursor must be readable")
    return cursor


def _parts(records: Iterable[Record], cursor: Cursor, zone: Zone, *, reset: bool) -> list[bytes]:
    start = head("usage", cursor.text) + b'{"reset":%s,"records":[' % (b"true" if reset else b"false")
    parts = [start, *record_batches(records, zone), b"]}" + TAIL]
    return parts if len(parts) > 3 else [b"".join(parts)]  # noqa: PLR2004 - more than one batch between the ends
