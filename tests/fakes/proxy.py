"""Owns what proxies to test against have in common: each takes every call to one relay, and records it.

What a call asks for need not exist: `http://relay.invalid` reaches the relay behind the proxy all the same. Whoever
asks must be `me` with the password `secret`, where a proxy was made `guarded`. A proxy that misbehaves does `instead`.
What they are spoken with in is `tests.fakes.http_proxy`'s and `tests.fakes.socks_proxy`'s.

    async with HttpProxy(relay.url) as proxy:
        ...
        assert proxy.calls[0].target == "relay.invalid:80"
"""

import asyncio
import contextlib
import ssl
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Self, TypeAlias
from urllib.parse import urlsplit

from tests.fakes.relay import PATIENCE_S

Misbehaviour: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What is done with a connection in place of serving it."""

KNOWN = "me:secret"


class Call(NamedTuple):
    """One call as it arrived: where to, who said to be asking, and all bytes that the proxy itself could read."""

    target: str
    credentials: str | None
    raw: bytes


class FakeProxy:
    """A proxy, listening on `address` from `async with` on."""

    def __init__(self, relay_url: str, *, guarded: bool = False, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(relay_url)
        assert parts.port is not None
        self._relay = (parts.hostname, parts.port)
        self._guarded = guarded
        self._tls = tls
        self._connections: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()
        self.instead: Misbehaviour | None = None
        self.calls: list[Call] = []

    @abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Do as a proxy does."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        host, port = self._server.sockets[0].getsockname()
        self.address = f"{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    async def wait_for_quiet(self) -> None:
        """Wait until no connection is open."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(lambda: not self._connections)

    def lets_in(self, credentials: str | None) -> bool:
        """Return whether who says this may go on."""
        return credentials == KNOWN or not self._guarded

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes = b"") -> None:
        """Take `first`, and all that follows, to the relay, and back what it answers."""
        far_reader, far_writer = await asyncio.open_connection(*self._relay)
        far_writer.write(first)
        try:
            await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
        finally:
            await _close(far_writer)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(asyncio.create_task(self._attend(reader, writer)))

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await (self.instead or self.serve)(reader, writer)
        finally:
            await _close(writer)
            task = asyncio.current_task()
            assert task is not None
            self._connections.discard(task)
        async with self._changed:
            self._changed.notify_all()


async def stall(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # noqa: ARG001 - says nothing
    """Take everything and never answer; returns when the other side gives up."""
    while await reader.read(65_536):
        pass


def drip(piece: bytes, every_s: float = 0.01) -> Misbehaviour:
    """Begin an answer that never ends, a piece at a time."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every_s)  # the misbehaviour itself, not a wait for anything

    return answer


def say(answer: bytes) -> Misbehaviour:
    """Answer whatever comes first with these bytes, and hang up."""

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65_536)
        writer.write(answer)

    return send


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
    writer.close()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        await writer.wait_closed()
