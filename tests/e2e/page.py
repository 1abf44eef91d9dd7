"""Owns a page as the stream sees one: it knows just what events told it, and comes back by its cursor."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class Page:
    """What an open page knows. It outlives its connections: `follow` again, and it goes on from its cursor."""

    def __init__(self) -> None:
        self.records: dict[int, Json] = {}
        self.cursor: str | None = None
        self.status: Json = {}
        self.config: Json = {}
        self.told: list[tuple[str, Json]] = []
        self.doubled: list[int] = []
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def follow(self, url: str, query: str = "range=1440") -> AsyncIterator[Self]:
        """Keep a connection open while the block runs."""
        connection = asyncio.create_task(self.read(url, query))
        try:
            yield self
        finally:
            connection.cancel()
            await asyncio.gather(connection, return_exceptions=True)

    async def read(self, url: str, query: str = "range=1440") -> None:
        """Follow the stream until the server ends it."""
        headers = {"Last-Event-ID": self.cursor} if self.cursor is not None else {}
        timeout = aiohttp.ClientTimeout(total=None)
        async with (
            aiohttp.ClientSession(timeout=timeout, read_bufsize=1 << 24) as session,
            session.get(f"{url}/api/events?{query}", headers=headers) as response,
        ):
            assert response.status == 200, await response.text()
            assert response.content_type == "text/event-stream"
            fields: dict[str, str] = {}
            async for line in response.content:
                text = line.decode().rstrip("\r\n")
                if text:
                    name, _, value = text.partition(":")
                    fields[name] = value.removeprefix(" ")
                elif "event" in fields:
                    await self._take(fields["event"], json.loads(fields["data"]), fields.get("id"))
                    fields = {}

    async def until(self, condition: Callable[[Self], object]) -> None:
        """Wait until the condition holds, at the earliest when a stream has begun: with the status."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.status and condition(self))

    async def _take(self, event: str, data: Json, cursor: str | None) -> None:
        async with self._changed:
            self.told.append((event, data))
            match event:
                case "status":
                    self.status = data
                case "config":
                    self.config = data
                case "usage":
                    if data["reset"]:
                        self.records = {}
                    for record in data["records"]:
                        if self.records.get(record["id"]) == record:
                            self.doubled.append(record["id"])
                        self.records[record["id"]] = record
                    assert cursor is not None
                    self.cursor = cursor
                case _:
                    raise AssertionError(f"an event called {event}")
            self._changed.notify_all()
