"""Owns a page as the stream sees one, of which there may be hundreds: it may be slow, deaf, or gone without a word.

What it should know by then is `pages`' to say.
"""

import asyncio
import socket
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import msgspec

from tests.torture.week.charges import Row
from tests.torture.week.sums import micros, ms_of

PATIENCE_S: Final = 60
"""How long a test waits for what never comes, before it fails."""

_SMALL_BYTES: Final = 8 * 1024


class _Record(msgspec.Struct, rename="camel"):
    id: int
    model: str
    credits_used: Decimal
    created_at: str


class _Usage(msgspec.Struct):
    reset: bool
    records: list[_Record]


class Page:
    """What an open page knows. It outlives its connections, and comes back by its cursor."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.cursor: str | None = None
        self.doubled = 0
        self.resets = 0
        self._hears = asyncio.Event()
        self._news = asyncio.Event()
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def open(self) -> bool:
        """Whether its connection is there, as far as it has noticed."""
        return self._reading is not None and not self._reading.done()

    @property
    def cut_off(self) -> bool:
        """Whether the server has ended its connection, as far as it has noticed."""
        return self._reading is not None and self._reading.done()

    @property
    def deaf(self) -> bool:
        """Whether it reads nothing."""
        return not self._hears.is_set()

    async def come(self, url: str) -> None:
        """Connect, and wait for what the stream starts with."""
        address = urlsplit(url)
        connection = socket.socket()
        # The kernel holds little for it, so that whoever does not read is soon known for it.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_BYTES)
        connection.setblocking(False)
        await asyncio.get_running_loop().sock_connect(connection, (address.hostname, address.port))
        reader, writer = await asyncio.open_connection(sock=connection, limit=_SMALL_BYTES)
        resumed = f"Last-Event-ID: {self.cursor}\r\n" if self.cursor else ""
        writer.write(f"GET /api/events?range=60 HTTP/1.1\r\nHost: {address.netloc}\r\n{resumed}\r\n".encode())
        self._writer = writer
        self._news.clear()
        self._hears.set()
        self._reading = asyncio.create_task(self._read(reader))
        await self._until_news()

    async def until_at(self, cursor: str) -> bool:
        """Wait until it knows all that there is; return whether it does, or was cut off before."""
        while self.cursor != cursor:
            if not self.open:
                return False
            await self._until_news()
        return True

    def stop_reading(self) -> None:
        """Read nothing from now on, as a laptop with its lid closed."""
        self._hears.clear()

    def read_on(self) -> None:
        """Read again, what is left to be read."""
        self._hears.set()

    async def leave(self, *, abruptly: bool) -> None:
        """Close the connection, or drop it."""
        if self._reading is None or self._writer is None:
            return
        self._reading.cancel()
        await asyncio.wait([self._reading])
        if abruptly:
            self._writer.transport.abort()
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()
        if not self._reading.cancelled():
            self._reading.result()
        self._reading = self._writer = None

    async def _until_news(self) -> None:
        """Wait for the next usage event since this was last waited for, or the end."""
        async with asyncio.timeout(PATIENCE_S):
            await self._news.wait()
        self._news.clear()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        """Read until the server ends it, or cuts it off."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 "), head
            assert b"Transfer-Encoding: chunked" in head
            text, searched = bytearray(), 0
            while size := int(await reader.readuntil(b"\r\n"), 16):
                text += (await reader.readexactly(size + 2))[:-2]
                while (end := text.find(b"\n\n", searched)) >= 0:
                    self._take(bytes(text[:end]))
                    del text[: end + 2]
                    searched = 0
                searched = max(0, len(text) - 1)
                await self._hears.wait()
        self._news.set()

    def _take(self, block: bytes) -> None:
        fields = dict(line.partition(b": ")[::2] for line in block.splitlines())
        if fields.get(b"event") != b"usage":
            return
        reset, rows = _read_usage(fields[b"data"])
        if reset:
            self.resets += 1
            self.rows = {}
        for identity, row in rows:
            self.doubled += self.rows.get(identity) == row
            self.rows[identity] = row
        self.cursor = fields[b"id"].decode()
        self._news.set()


@lru_cache(maxsize=64)
def _read_usage(data: bytes) -> tuple[bool, list[tuple[int, Row]]]:
    """Return what a usage event says. Most say the same to many pages."""
    usage = msgspec.json.decode(data, type=_Usage)
    return usage.reset, [(one.id, _row(one.model, one.credits_used, one.created_at)) for one in usage.records]


@lru_cache(maxsize=10_000)
def _row(model: str, credits_used: Decimal, created_at: str) -> Row:
    """Return a record in the books' words. Each is told to many pages."""
    return Row(model, micros(credits_used), ms_of(created_at))
