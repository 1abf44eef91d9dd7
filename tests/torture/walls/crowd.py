"""Owns connections that are of no use to anybody: idle ones, and those on which a head or a body drips.

They come back where they are closed, as whoever means harm would.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

HEAD: Final = b"GET /api/status HTTP/1.1\r\nHost: localhost\r\nX: "
BODY: Final = (
    b"PUT /api/cookie HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n"
)
_DRIP_S: Final = 0.5


class Crowd:
    """All of them. `closed` counts how often the server has closed one."""

    def __init__(self, port: int) -> None:
        self.closed = 0
        self._port = port
        self._tasks: list[asyncio.Task[None]] = []
        self._writers: list[asyncio.StreamWriter] = []

    async def idle(self, count: int) -> None:
        """Open so many on which nothing happens; once closed, they stay so."""
        for _ in range(count):
            await self._opened()

    async def dripping(self, count: int, begun: bytes) -> None:
        """Open so many on which something has begun and goes on byte by byte."""
        for _ in range(count):
            await self._opened()
            self._tasks.append(asyncio.create_task(self._drip(begun, self._writers[-1])))

    async def disperse(self) -> None:
        """Close all of them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()

    async def _opened(self) -> asyncio.StreamWriter:
        _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers.append(writer)
        return writer

    async def _drip(self, begun: bytes, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(begun)
            while not writer.transport.is_closing():
                await asyncio.sleep(_DRIP_S)  # the misbehaviour itself
                writer.write(b"a")
            self.closed += 1
            writer = await self._opened()


@asynccontextmanager
async def crowd_at(port: int) -> AsyncIterator[Crowd]:
    """Yield a crowd that is not there yet, and disperse it."""
    crowd = Crowd(port)
    try:
        yield crowd
    finally:
        await crowd.disperse()
