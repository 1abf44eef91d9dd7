"""Owns a stream as a client sees it, byte by byte."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from tests.web.site import Site, until


@dataclass(frozen=True)
class Event:
    """An event; `id` is None where it has none."""

    name: str
    data: Any
    id: str | None


class StreamReader:
    """Reads one stream. Made by `on`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer
        self._text = b""
        self.head = ""
        self.pings = 0
        self.retry: int | None = None

    @classmethod
    @asynccontextmanager
    async def on(cls, port: int, query: str = "", *headers: str) -> AsyncIterator[Self]:
        """Open a stream, and leave it abruptly in the end."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        stream = cls(reader, writer)
        try:
            lines = (f"GET /api/events{query} HTTP/1.1", "Host: localhost", *headers, "", "")
            writer.write("\r\n".join(lines).encode())
            stream.head = (await reader.readuntil(b"\r\n\r\n")).decode()
            assert stream.head.startswith("HTTP/1.1 200 "), stream.head
            yield stream
        finally:
            writer.transport.abort()

    async def next(self) -> Event:
        """Return the next event of any kind."""
        while True:
            fields = {}
            for line in await self._block():
                name, _, value = line.partition(":")
                if name:
                    fields[name] = value.removeprefix(" ")
                else:
                    self.pings += 1
            if "retry" in fields:
                self.retry = int(fields["retry"])
            if "event" in fields:
                return Event(fields["event"], json.loads(fields["data"]), fields.get("id"))

    async def of(self, name: str) -> Event:
        """Return the next event called so."""
        while (event := await self.next()).name != name:
            pass
        return event

    async def usage(self) -> Event:
        """Return the next usage event."""
        return await self.of("usage")

    async def ping(self) -> None:
        """Return when another ping has come; no event may come before it."""
        seen = self.pings
        while self.pings == seen:
            for line in await self._block():
                assert line.startswith(":"), line
                self.pings += 1

    async def ended(self) -> None:
        """Return when the server has ended the stream or cut it off."""
        try:
            while await self._reader.read(65_536):
                pass
        except ConnectionError:
            return

    async def _block(self) -> list[str]:
        """Return the lines up to the next empty one."""
        while True:
            ends = [(self._text.find(end), len(end)) for end in (b"\n\n", b"\r\n\r\n")]
            found = [(at, length) for at, length in ends if at >= 0]
            if found:
                at, length = min(found)
                block, self._text = self._text[:at], self._text[at + length :]
                return block.decode().splitlines()
            size = int((await self._reader.readuntil(b"\r\n")).strip(), 16)
            if size == 0:
                raise ConnectionError("the server ended the stream")
            self._text += (await self._reader.readexactly(size + 2))[:-2]


async def stalled(site: Site) -> socket.socket:
    """Return a connection with a stream on it of which nothing is ever read."""
    subscribers = site.rooms.hub.subscribers
    connection = socket.create_connection(("127.0.0.1", site.port))
    connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await until(lambda: site.rooms.hub.subscribers > subscribers)
    return connection
