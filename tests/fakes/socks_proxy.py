"""Owns the proxy to test against that is spoken with in SOCKS: 4, 4a, and 5 (RFC 1928, RFC 1929)."""

import asyncio

from tests.fakes.proxy import KNOWN, Call, FakeProxy


class SocksProxy(FakeProxy):
    """It speaks the version that it is spoken with in."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version = (await reader.readexactly(1))[0]
        allowed = await (self._greet_4 if version == 4 else self._greet_5)(reader, writer)
        if allowed:
            await self.join(reader, writer)

    async def _greet_4(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = await reader.readexactly(7)
        user = (await reader.readuntil(b"\0"))[:-1].decode()
        named = request[3:6] == b"\0\0\0"
        host = (await reader.readuntil(b"\0"))[:-1].decode() if named else ".".join(map(str, request[3:7]))
        self._note(host, request[1:3], user)
        allowed = user == KNOWN.split(":")[0] or not self._guarded
        writer.write(b"\0\x5a" + bytes(6) if allowed else b"\0\x5b" + bytes(6))
        return allowed

    async def _greet_5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        credentials = None
        if self._guarded and 2 not in methods:
            writer.write(b"\5\xff")
            return False
        writer.write(b"\5\2" if self._guarded else b"\5\0")
        if self._guarded:
            await reader.readexactly(1)
            words = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in range(2)]
            credentials = b":".join(words).decode()
            writer.write(b"\1\0" if self.lets_in(credentials) else b"\1\1")
            if not self.lets_in(credentials):
                return False
        kind = (await reader.readexactly(4))[3]
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = ".".join(map(str, await reader.readexactly(4)))
        self._note(host, await reader.readexactly(2), credentials)
        writer.write(b"\5\0\0\1" + bytes(6))
        return True

    def _note(self, host: str, port: bytes, credentials: str | None) -> None:
        self.calls.append(Call(f"{host}:{int.from_bytes(port)}", credentials, b""))
