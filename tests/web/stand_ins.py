"""Owns what stands in for others around the web room: a poller that does as it is told, a clock that tests turn."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from domain.errors import CCurveError, CookieMissingError
from domain.records import Answer, Record
from domain.status import CookieStatus, PollResult, TaskStatus
from storage.history import History
from web.hub import Hub
from web.needs import View

T = TypeVar("T")

NOW_MS = 1_756_128_000_000
"""2025-08-25T13:20:00.000Z"""


class StandInClock:
    """A wall clock that stands still until it is turned."""

    def __init__(self, now_ms: int = NOW_MS) -> None:
        self.now_ms = now_ms

    def wall_ms(self) -> int:
        return self.now_ms

    def monotonic_s(self) -> float:
        return self.now_ms / 1000

    async def wait(self, event: asyncio.Event, timeout_s: float) -> None:
        raise NotImplementedError("the web room waits for nothing")


class StandInPoller:
    """A poller without a relay. `trouble` is raised by the next call; `given` is what it was handed."""

    def __init__(self, hub: Hub, history: History) -> None:
        self._hub = hub
        self._history = history
        self.task = TaskStatus()
        self.cookie = CookieStatus()
        self.outcomes: Mapping[str, int] = {"stored": 2, "upstream_unavailable": 1}
        self.trouble: CCurveError | None = None
        self.given: list[object] = []
        self.result = PollResult(20, 16, 3, NOW_MS)
        self.config_changes = 0

    async def switch(self, enabled: bool) -> None:
        self._raise_trouble()
        self.task = TaskStatus(enabled=enabled, state="polling" if enabled else "off")
        self._hub.status()

    async def refresh(self) -> PollResult:
        self._raise_trouble()
        return self.result

    async def save_cookie(self, text: str) -> None:
        self._raise_trouble()
        self.given.append(text)
        names = [pair.partition("=")[0].strip() for pair in text.split(";")]
        self.cookie = CookieStatus(present=True, valid=True, checked_ms=NOW_MS, names=names)
        self._hub.status()

    async def delete_cookie(self) -> None:
        self._raise_trouble()
        self.cookie = CookieStatus()
        self._hub.status()

    async def check_cookie(self) -> None:
        self._raise_trouble()
        if not self.cookie.present:
            raise CookieMissingError

    def config_changed(self) -> None:
        self.config_changes += 1

    async def poll(self, *records: Record) -> str:
        """Store the records and tell of them, as a poll does; return the cursor behind them."""
        times = [record.created_ms for record in records]
        answer = Answer(list(records), len(records), min(times, default=None), max(times, default=None))
        stored = await self._history.apply(answer, NOW_MS)
        self._hub.usage(stored)
        self._hub.status()
        return stored.cursor

    def _raise_trouble(self) -> None:
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble


class GatedUsage:
    """The history, but that what was read arrives only once `gate` is set, and fails where there is `trouble`."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.gate = asyncio.Event()
        self.gate.set()
        self.trouble: CCurveError | None = None
        self.reads = 0
        self.summary = history.summary
        self.lifetime = history.lifetime
        self.size_bytes = history.size_bytes

    async def read(self, work: Callable[[View], T]) -> T:
        result = await self._history.read(work)
        self.reads += 1
        await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        return result


def charge(number: int, *, ago_ms: int = 60_000, model: str = "claude-opus-4", micros: int = 9_000_000) -> Record:
    """Return a record `ago_ms` before now."""
    return Record(number, model, micros, NOW_MS - ago_ms)
