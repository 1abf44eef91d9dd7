"""Owns a relay to test against: a real one on a real loopback socket, which records every byte and can misbehave.

It knows nothing of CCurve. Tests set what it holds and how each path behaves, at any time, also between two calls:

    async with FakeRelay() as relay:
        relay.records.insert(0, charge(7, credits=9))       # newest first, as the real one
        relay.cookies = {"session=good"}                    # None takes any
        relay.behave(USAGE, status(503, {"Retry-After": "5"}))
        await relay.wait_for_requests(2, CHECK)
        assert relay.requests_to(USAGE)[0].cookie == "session=good"

A path is known by its end, so that a base URL may have a path of its own.
"""

import asyncio
import gzip
import json
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, NamedTuple, Self, TypeAlias

from tests.fakes.relay_wire import Headers, Request, head, parsed, whole

USAGE = "/api/user/usage"
CHECK = "/api/user/usage/chart"

PATIENCE_S = 30
"""How long a test waits for what never comes, before it fails."""

RelayRecord: TypeAlias = dict[str, Any]


class Exchange(NamedTuple):
    """What a behaviour has to work with."""

    relay: "FakeRelay"
    request: Request
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()


Behaviour: TypeAlias = Callable[[Exchange], Awaitable[None]]
"""Answers one request. When it returns, the connection is closed."""


def charge(identity: int, *, credits: object = 9, at: str = "2025-08-25T13:39:44.230Z", **other: object) -> RelayRecord:  # noqa: A002 - the word of the trade
    """Return a record that counts, as the relay writes it; `other` replaces or adds fields."""
    return {
        "id": identity,
        "type": "USAGE",
        "endpoint": "v1/messages",
        "statusCode": 200,
        "creditsUsed": credits,
        "createdAt": at,
        "model": "claude-sonnet-4-20250514",
    } | other


class FakeRelay:
    """The relay, listening from `async with` on; `go_down` takes it off its port, `come_back` puts it there again."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.records: list[RelayRecord] = []
        self.limit = 20
        self.cookies: set[str] | None = None
        self.set_cookies: list[str] = []
        """Set-Cookie lines that go out with every answer of `normal`, `envelope` and `status`."""
        self.requests: list[Request] = []
        self._behaviours: dict[str, Behaviour] = {}
        self._changed = asyncio.Condition()
        self._connections: set[asyncio.Task[None]] = set()
        self._closing: dict[asyncio.Future[None], asyncio.WriteTransport] = {}
        self._server: asyncio.Server | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        await self.come_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.go_down()

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    async def come_back(self) -> None:
        """Listen, on the port it had before."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port, ssl=self._tls)
        self._port = self._server.sockets[0].getsockname()[1]

    async def go_down(self) -> None:
        """Stop listening, and drop every connection."""
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        for closing, transport in self._closing.items():
            if not closing.done():  # what nobody reads any more still waits in it
                transport.abort()
        await asyncio.gather(*self._closing, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    def behave(self, path: str, behaviour: Behaviour) -> None:
        """Answer requests to `path` so from now on; one that is being answered goes on as it began."""
        self._behaviours[path] = behaviour

    def requests_to(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path.endswith(path)]

    async def wait_for_requests(self, count: int, path: str = "") -> list[Request]:
        """Wait until `count` requests to `path` (to any, without) have arrived since the start, and return them."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(lambda: len(self.requests_to(path)) >= count)
            return self.requests_to(path)

    async def wait_for_quiet(self) -> None:
        """Wait until no connection is open: every call has ended, on the other side too."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(lambda: not self._connections)

    def takes(self, cookie: str | None) -> bool:
        return cookie is not None and (self.cookies is None or cookie in self.cookies)

    def page(self) -> list[RelayRecord]:
        """Return what one answer holds: the newest records."""
        return self.records[: self.limit]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(asyncio.create_task(self._attend(reader, writer)))

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side has gone, which is its right
        finally:
            writer.close()
            closing = asyncio.ensure_future(writer.wait_closed())
            self._closing[closing] = writer.transport
            closing.add_done_callback(self._closed)
            task = asyncio.current_task()
            assert task is not None
            self._connections.discard(task)
        async with self._changed:
            self._changed.notify_all()

    def _closed(self, closing: asyncio.Future[None]) -> None:
        del self._closing[closing]
        if not closing.cancelled():
            closing.exception()  # how it ended is no matter here

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        request = parsed(head)
        async with self._changed:
            self.requests.append(request)
            self._changed.notify_all()
        known = sorted(self._behaviours, key=len, reverse=True)
        behaviour = next((self._behaviours[path] for path in known if request.path.endswith(path)), normal)
        await behaviour(Exchange(self, request, reader, writer))


_JSON: Headers = {"Content-Type": "application/json; charset=utf-8"}
_HTML: Headers = {"Content-Type": "text/html; charset=utf-8"}


async def normal(exchange: Exchange) -> None:
    """Answer as the relay does: 401 to a cookie that it does not take, else the bare array, or the chart."""
    relay = exchange.relay
    if not relay.takes(exchange.request.cookie):
        await exchange.send(whole(401, b'{"error":"Unauthorized"}', _JSON, relay.set_cookies))
        return
    body: object = {"chart": []} if exchange.request.path.endswith(CHECK) else relay.page()
    await exchange.send(whole(200, json.dumps(body).encode(), _JSON, relay.set_cookies))


async def envelope(exchange: Exchange) -> None:
    """Answer in the other shape, `{"code": 200, "data": [...]}`; a cookie that is not taken gets a code of 401."""
    relay = exchange.relay
    taken = relay.takes(exchange.request.cookie)
    body = {"code": 200, "data": relay.page()} if taken else {"code": 401, "message": "Unauthorized"}
    await exchange.send(whole(200, json.dumps(body).encode(), _JSON, relay.set_cookies))


async def hang(exchange: Exchange) -> None:
    """Take the request and never answer; returns when the other side gives up."""
    await exchange.reader.read()


def status(code: int, headers: Headers | None = None, body: bytes = b"{}") -> Behaviour:
    """Answer with a status."""

    async def answer(exchange: Exchange) -> None:
        await exchange.send(whole(code, body, _JSON | (headers or {}), exchange.relay.set_cookies))

    return answer


def answer_with(body: bytes, headers: Headers | None = None) -> Behaviour:
    """Answer 200 with these bytes, as JSON unless `headers` say otherwise."""
    return status(200, headers, body)


def redirect(to: str, code: int = 302) -> Behaviour:
    """Answer with a redirect; `to` may be another path of this relay, or the URL of a second one that records."""
    return status(code, {"Location": to}, b"")


async def login_page(exchange: Exchange) -> None:
    """Answer 200 with the page to sign in on."""
    page = b"<!DOCTYPE html><html><body><form><input type='password' name='p'></form></body></html>"
    await exchange.send(whole(200, page, _HTML, exchange.relay.set_cookies))


async def other_page(exchange: Exchange) -> None:
    """Answer 200 with a page that is no login page, though it links to one."""
    page = b"<!DOCTYPE html><html><title>Back soon</title><body><a href='/login'>Login</a></body></html>"
    await exchange.send(whole(200, page, _HTML, exchange.relay.set_cookies))


async def garbage(exchange: Exchange) -> None:
    """Answer with bytes that are not HTTP."""
    await exchange.send(b"\x16\x03\x01\x00\xff garbage\r\n\r\n" * 3)


async def truncated(exchange: Exchange) -> None:
    """Announce more than is sent."""
    body = json.dumps(exchange.relay.page()).encode()
    start = head(200, _JSON | {"Content-Length": str(len(body) + 10)}, exchange.relay.set_cookies)
    await exchange.send(start + body)


async def truncated_chunks(exchange: Exchange) -> None:
    """End a chunked body without its last chunk."""
    body = json.dumps(exchange.relay.page()).encode()
    start = head(200, _JSON | {"Transfer-Encoding": "chunked"}, exchange.relay.set_cookies)
    await exchange.send(start + b"%x\r\n%b\r\n" % (len(body), body))


async def chunked(exchange: Exchange) -> None:
    """Answer normally, in chunks of ten bytes."""
    body = json.dumps(exchange.relay.page()).encode()
    pieces = [body[at : at + 10] for at in range(0, len(body), 10)]
    start = head(200, _JSON | {"Transfer-Encoding": "chunked"}, exchange.relay.set_cookies)
    await exchange.send(start, *(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces), b"0\r\n\r\n")


async def gzipped(exchange: Exchange) -> None:
    """Answer normally, compressed although nobody asked for it."""
    body = gzip.compress(json.dumps(exchange.relay.page()).encode())
    await exchange.send(whole(200, body, _JSON | {"Content-Encoding": "gzip"}, exchange.relay.set_cookies))


async def gzip_bomb(exchange: Exchange) -> None:
    """Answer with 50 KB that are 50 MB when unpacked."""
    await exchange.send(whole(200, _bomb(), _JSON | {"Content-Encoding": "gzip"}, exchange.relay.set_cookies))


@cache
def _bomb() -> bytes:
    return gzip.compress(b"[" + b" " * 50_000_000 + b"]")


async def endless_body(exchange: Exchange) -> None:
    """Answer with a body that never ends, as fast as it is read."""
    await exchange.send(head(200, _JSON, exchange.relay.set_cookies), b"[")
    while True:
        await exchange.send(b" " * 65536)


def drip_headers(every_s: float = 0.01) -> Behaviour:
    """Send header lines for ever, a few bytes at a time."""

    async def drip(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\n")
        await _drip(exchange, b"X-Slow", every_s)

    return drip


def drip_body(every_s: float = 0.01) -> Behaviour:
    """Send the headers at once and then a body for ever, a byte at a time."""

    async def drip(exchange: Exchange) -> None:
        await exchange.send(head(200, _JSON, exchange.relay.set_cookies), b"[")
        await _drip(exchange, b" ", every_s)

    return drip


async def _drip(exchange: Exchange, piece: bytes, every_s: float) -> None:
    while True:
        await exchange.send(piece)
        await asyncio.sleep(every_s)  # the misbehaviour itself, not a wait for anything
