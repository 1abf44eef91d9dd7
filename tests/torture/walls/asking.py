"""Owns the asking of many questions over few connections, as quickly as they are answered.

What they are is `questions`', what is to be made of the answers the tests'.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final, NamedTuple

from tests.torture.walls.questions import Question

AT_ONCE: Final = 16
"""How many requests are sent before the first answer is read; aiohttp takes twice as many."""


class Answer(NamedTuple):
    """What came back; `code` is that of a problem, empty for anything else, None where there is no body."""

    status: int
    code: str | None


class Line:
    """A connection on which questions are asked one behind the other; a new one wherever it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, questions: list[Question]) -> list[Answer]:
        """Send all of them at once, then return their answers. Fails where the connection is closed meanwhile."""
        reader, writer = await self._connected()
        writer.write(b"".join(question.wire(self._port) for question in questions))
        await writer.drain()
        return [await self._answer(reader, question.method) for question in questions]

    async def ask_last(self, question: Question) -> Answer:
        """Ask what ends the connection; fails where it does not."""
        reader, writer = await self._connected()
        writer.write(question.wire(self._port))
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        self.close()
        return Answer(int(head[9:12]), json.loads(body)["code"] if body else None)

    async def look_into(self, question: Question) -> Answer:
        """Ask what may be answered by a stream; of the answer the head is enough."""
        reader, writer = await self._connected()
        writer.write(question.wire(self._port))
        head = await reader.readuntil(b"\r\n\r\n")
        self.close()
        return Answer(int(head[9:12]), None)

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self._reader, self._writer

    @staticmethod
    async def _answer(reader: asyncio.StreamReader, method: str) -> Answer:
        head = await reader.readuntil(b"\r\n\r\n")
        if method == "HEAD":
            return Answer(int(head[9:12]), None)
        if int(head[9:12]) == HTTPStatus.NO_CONTENT:
            return Answer(int(head[9:12]), "")
        if b"transfer-encoding: chunked" in head.lower():
            await reader.readuntil(b"\r\n0\r\n\r\n")
            return Answer(int(head[9:12]), "")
        _, _, length = head.lower().partition(b"content-length: ")
        body = await reader.readexactly(int(length.partition(b"\r\n")[0]))
        is_problem = b"application/problem+json" in head
        return Answer(int(head[9:12]), json.loads(body)["code"] if is_problem else "")


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    """Yield a line, and close it."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()
