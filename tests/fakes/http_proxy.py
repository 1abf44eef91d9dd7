"""Owns the proxy to test against that is spoken with in HTTP."""

import asyncio
import base64
from urllib.parse import urlsplit

from tests.fakes.proxy import Call, FakeProxy


class HttpProxy(FakeProxy):
    """It forwards what it can read, and opens tunnels to where it is asked to CONNECT."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.decode("latin-1").split(" ", 2)
        credentials = _basic(head)
        parts = urlsplit(target)
        self.calls.append(Call(target if method == "CONNECT" else parts.netloc, credentials, head))
        if not self.lets_in(credentials):
            writer.write(b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n")
        elif method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Here you are\r\n\r\n")
            await self.join(reader, writer)
        else:
            await self.join(reader, writer, head.replace(target.encode(), parts.path.encode(), 1))


def _basic(head: bytes) -> str | None:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b": Basic ")
        if name == b"Proxy-Authorization":
            return base64.b64decode(value).decode()
    return None
