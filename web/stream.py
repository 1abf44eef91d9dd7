"""Owns the streams that are open: each one's start, its place, and its end.

What is told is the hub's, what went before is `catchup`'s, the bytes are `frames`'.
"""

import asyncio
from collections.abc import Iterable
from typing import Final

from aiohttp import web
from aiohttp_sse import sse_response

from domain.cursor import Cursor
from web.catchup import CatchUp, Piece
from web.documents import config_json, status_json
from web.frames import RETRY, FrameResponse, event
from web.mailbox import Frame, Mailbox
from web.query import stream_range_min
from web.rooms import Rooms

_JOINED_BYTES: Final = 32 * 1024


class Streams:
    """Serves `/api/events`.

    A client that left is noticed at the next ping, every `ping_interval_s`; one that does not read is cut off once its
    mailbox overflows, or once it has kept a ping waiting for `send_timeout_s`.
    """

    def __init__(self, rooms: Rooms, *, ping_interval_s: float, send_timeout_s: float) -> None:
        self._rooms = rooms
        self._catchup = CatchUp(rooms)
        self._ping_interval_s = ping_interval_s
        self._send_timeout_s = send_timeout_s
        self._open: set[FrameResponse] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer with the stream, and return when it has ended."""
        range_min = stream_range_min(request.query, self._rooms.settings.config.range_minutes)
        cursor = request.headers.get("Last-Event-ID") or request.query.get("lastEventId")
        if request.method == "HEAD":
            return web.Response(content_type="text/event-stream")
        with self._rooms.hub.subscribe(lambda: _cut_off(request)) as mailbox:
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
                await self._until_over(response, pump)
        return response

    async def end(self) -> None:
        """End every stream."""
        for response in self._open:
            response.stop_streaming()
        await self._catchup.close()

    async def _first(self, cursor: str | None, range_min: int) -> Piece:
        piece = await self._catchup.since(cursor) if cursor else None
        return piece or await self._catchup.snapshot(range_min)

    async def _until_over(self, response: FrameResponse, pump: asyncio.Task[None]) -> None:
        self._open.add(response)
        try:
            await response.wait()
        finally:
            self._open.discard(response)
            pump.cancel()
            await asyncio.wait([pump])
        if not pump.cancelled():
            pump.result()

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


def _cut_off(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
