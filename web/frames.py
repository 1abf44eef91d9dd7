"""Owns the wire form of the stream: events as bytes, and the response that writes them whole.

Who gets which event is the hub's and the stream's.
"""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp_sse import EventSourceResponse

RETRY: Final = b"retry: 1000\n\n"
"""Asks a browser to come back a second after a connection was lost."""

# So much is handed to a connection before its reader is waited for, so that no page holds megabytes of ours.
_SLICE_BYTES: Final = 32 * 1024


def event(name: str, data: bytes, cursor: str | None = None) -> bytes:
    """Return the wire bytes of an event: `data` is one line; `cursor` becomes its id."""
    return b"".join((head(name, cursor), data, TAIL))


def head(name: str, cursor: str | None = None) -> bytes:
    """Return the wire bytes of an event up to its data, which `TAIL` follows."""
    return (f"id: {cursor}\n" if cursor is not None else "").encode() + f"event: {name}\ndata: ".encode()


TAIL: Final = b"\n\n"


class FrameResponse(EventSourceResponse):
    """A stream whose events are never cut in two by a ping, however long they take to be read."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - aiohttp-sse's own
        super().__init__(**settings)
        self._turn = asyncio.Lock()

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send the headers, and then forget them: a stream lives long, and there may be a thousand."""
        writer = await super().prepare(request)
        self.headers.clear()
        if request.transport is not None:
            request.transport.set_write_buffer_limits(high=_SLICE_BYTES)
        return writer

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write a ping, once no event is under way; the base class gives up on a reader that takes too long."""
        async with self._turn:
            await super().write(data)

    async def write_frames(self, frames: Iterable[bytes]) -> None:
        """Write events, or consecutive parts of one, waiting for the reader between slices.

        Raises ConnectionError once the client has left.
        """
        async with self._turn:
            for frame in frames:
                if len(frame) <= _SLICE_BYTES:
                    await super().write(frame)
                    continue
                whole = memoryview(frame)
                for start in range(0, len(frame), _SLICE_BYTES):
                    await super().write(whole[start : start + _SLICE_BYTES])
