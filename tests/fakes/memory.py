"""Owns stand-ins for the rooms round the poller: what it needs of them, kept in memory, and made to fail on demand."""

import asyncio
from collections.abc import Callable

from domain.errors import StorageError
from domain.records import Answer, Record, Stored
from domain.settings import Config

PATIENCE_S = 30
"""How long a test waits for what never comes, before it fails."""


class MemoryHistory:
    """Keeps records by their id, as the store does. `failure` is raised while it is set; `open` lets answers in."""

    def __init__(self) -> None:
        self.records: dict[int, Record] = {}
        self.failure: StorageError | None = None
        self.open = asyncio.Event()
        self.open.set()
        self._waiting = asyncio.Event()

    async def waited_for(self) -> None:
        """Wait until somebody wants to store something."""
        async with asyncio.timeout(PATIENCE_S):
            await self._waiting.wait()

    async def apply(self, answer: Answer, now_ms: int) -> Stored:  # noqa: ARG002 - the real one needs it
        self._waiting.set()
        await self.open.wait()
        if self.failure is not None:
            raise self.failure
        changed = [record for record in answer.records if self.records.get(record.id) != record]
        added = sum(record.id not in self.records for record in changed)
        self.records.update({record.id: record for record in changed})
        return Stored(sorted(changed, key=lambda record: record.created_ms), added, f"memory-{len(self.records)}")


class MemorySettings:
    """Keeps the configuration and the switch."""

    def __init__(self, *, enabled: bool = False, config: Config | None = None) -> None:
        self.config = config or Config()
        self.enabled = enabled
        self.failure: StorageError | None = None

    async def save_enabled(self, enabled: bool) -> None:
        await asyncio.sleep(0)
        if self.failure is not None:
            raise self.failure
        self.enabled = enabled


class MemoryCookies:
    """Keeps the cookie, one write after the other. Writing waits while `open` is not set; `failure` is raised then."""

    def __init__(self, text: str | None = None) -> None:
        self.text = text
        self.failure: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()
        self._writing = asyncio.Lock()
        self._waiting = asyncio.Event()

    async def waited_for(self) -> None:
        """Wait until somebody wants to write."""
        async with asyncio.timeout(PATIENCE_S):
            await self._waiting.wait()

    async def save(self, text: str) -> None:
        await self._write(text)

    async def delete(self) -> None:
        await self._write(None)

    async def _write(self, text: str | None) -> None:
        async with self._writing:
            self._waiting.set()
            await self.open.wait()
            if self.failure is not None:
                raise self.failure
            self.text = text


class Told:
    """Hears what is announced: `stored` in order, and the `order` of all.

    Whenever the status is told, what `look` then returns is added to `seen`.
    """

    def __init__(self) -> None:
        self.stored: list[Stored] = []
        self.order: list[str] = []
        self.look: Callable[[], object] = lambda: None
        self.seen: list[object] = []
        self._heard = asyncio.Event()

    def usage(self, stored: Stored) -> None:
        self.stored.append(stored)
        self._note("usage")

    def status(self) -> None:
        self.seen.append(self.look())
        self._note("status")

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until `true()` holds, looking again whenever something is announced."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                self._heard.clear()
                await self._heard.wait()

    def _note(self, what: str) -> None:
        self.order.append(what)
        self._heard.set()
