"""Owns the streams that are open: each one's start, its place, and its end.

What is told is the hub's, what went before is `catchup`'s, the bytes are `frames`'.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from aiohttp import web
from aiohttp_sse import sse_response

from domain.cursor import Cursor
from web.catchup import CatchUp, Piece
from web.documents import config_json, status_json
from web.errors import TooManyStreamsError
from web.frames import RETRY, FrameResponse, event
from web.guard import SESSION
from web.mailbox import Frame, Mailbox
from web.protocol import ProblemHandler
from web.query import stream_range_min
from web.rooms import Rooms

_JOINED_BYTES: Final = 32 * 1024


class _Open:
    """A stream, from the request for it on; `response` is None until it has begun."""

    __slots__ = ("request", "response")

    def __init__(self, request: web.Request) -> None:
        self.request = request
        self.response: FrameResponse | None = None

    def stop(self) -> None:
        """End it in order, if it has begun."""
        if self.response is None:
            self.cut_off()
        else:
            self.response.stop_streaming()

    def cut_off(self) -> None:
        """End it at once."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Streams:
    """Serves `/api/events`.

    A client that left is noticed at once where its system says so, else at the next ping, every `ping_interval_s`; one
    that does not read is cut off once its mailbox overflows, or once it has kept a ping waiting for `send_timeout_s`.
    At most `most` are open at a time.
    """

    def __init__(self, rooms: Rooms, *, most: int, ping_interval_s: float, send_timeout_s: float) -> None:
        self._rooms = rooms
        self._most = most
        self._catchup = CatchUp(rooms)
        self._ping_interval_s = ping_interval_s
        self._send_timeout_s = send_timeout_s
        self._open: set[_Open] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer with the stream, and return when it has ended. Raises TooManyStreamsError."""
        range_min = stream_range_min(request.query, self._rooms.settings.config.range_minutes)
        cursor = request.headers.get("Last-Event-ID") or request.query.get("lastEventId")
        if request.method == "HEAD":
            return web.Response(content_type="text/event-stream")
        if self._rooms.hub.subscribers >= self._most:
            raise TooManyStreamsError
        with self._noted(request) as place, self._rooms.hub.subscribe(place.cut_off) as mailbox:
            # From here on the mailbox has what changes, so the order is right whatever happens meanwhile.
            opening = RETRY + event("status", status_json(self._rooms)) + event("config", config_json(self._rooms))
            piece = await self._first(cursor, range_min)
            if request.transport is None:
                raise ConnectionResetError("the client left before its stream began")
            async with sse_response(
                request,
                response_cls=FrameResponse,
                ping_interval=self._ping_interval_s,
                send_timeout=self._send_timeout_s,
            ) as response:
                pump = asyncio.create_task(self._pump(response, mailbox, opening, piece))
                del opening, piece  # this frame lives as long as the stream does
                place.response = response
                with _noticing(request, response):
                    await _until_over(response, pump)
        return response

    async def end(self) -> None:
        """End every stream."""
        for place in self._open:
            if place.response is not None:
                place.response.stop_streaming()
        await self._catchup.close()

    def end_those_of(self, session: str) -> None:
        """End the streams that were opened with a session which has ended."""
        for place in self._open:
            if place.request.get(SESSION) == session:
                place.stop()

    @contextmanager
    def _noted(self, request: web.Request) -> Iterator["_Open"]:
        place = _Open(request)
        self._open.add(place)
        try:
            yield place
        finally:
            self._open.discard(place)

    async def _first(self, cursor: str | None, range_min: int) -> Piece:
        piece = await self._catchup.since(cursor) if cursor else None
        return piece or await self._catchup.snapshot(range_min)

    async def _pump(self, response: FrameResponse, mailbox: Mailbox, opening: bytes, piece: Piece) -> None:
        """Write what the stream starts with, then its mail, until the client has left."""
        try:
            await response.write_frames([opening, *piece.parts])
            place, more = piece.cursor, piece.more
            del opening, piece
            if more:
                place = await self._catch_up(response, place)
            while True:
                place = await self._deliver(response, await mailbox.take(), place)
        except ConnectionError:
            return
        finally:
            response.stop_streaming()

    async def _deliver(self, response: FrameResponse, frames: Iterable[Frame], place: Cursor) -> Cursor:
        """Write the frames that are not yet known at `place`; return the place behind them."""
        wires: list[bytes] = []
        for frame in frames:
            if frame.cursor is not None:
                if frame.cursor.sequence <= place.sequence:
                    continue
                if frame.wire is None:
                    await _write(response, wires)
                    wires = []
                    place = await self._catch_up(response, place)
                    continue
                place = frame.cursor
            if frame.wire is not None:
                wires.append(frame.wire)
        await _write(response, wires)
        return place

    async def _catch_up(self, response: FrameResponse, place: Cursor) -> Cursor:
        """Write all that was stored after `place`, page by page; return the place behind it."""
        more = True
        while more:
            piece = await self._catchup.since(place.text)
            if piece is None:
                raise ConnectionAbortedError("the store is another one now")
            await response.write_frames(piece.parts)
            place, more = piece.cursor, piece.more
        return place


async def _write(response: FrameResponse, wires: list[bytes]) -> None:
    if wires and sum(map(len, wires)) <= _JOINED_BYTES:
        wires = [b"".join(wires)]
    await response.write_frames(wires)


@contextmanager
def _noticing(request: web.Request, response: FrameResponse) -> Iterator[None]:
    """End the stream when its client leaves, where that is told."""
    protocol = request.protocol
    assert isinstance(protocol, ProblemHandler)  # noqa: S101 - `serve` made it
    protocol.when_lost = response.stop_streaming
    try:
        yield
    finally:
        protocol.when_lost = None


async def _until_over(response: FrameResponse, pump: asyncio.Task[None]) -> None:
    try:
        await response.wait()
    finally:
        pump.cancel()
        await asyncio.wait([pump])
    if not pump.cancelled():
        pump.result()
