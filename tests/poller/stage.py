"""Owns the stage of the loop's tests: a poller on a clock that is turned, between a real socket and memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from domain.settings import Config
from poller.client import RelayClient
from poller.loop import Poller
from tests.fakes.clock import FakeClock
from tests.fakes.memory import MemoryCookies, MemoryHistory, MemorySettings, Told
from tests.fakes.relay import CHECK, USAGE, Behaviour, Exchange, FakeRelay, normal

COOKIE = "session=good"


@dataclass
class Stage:
    """Everybody who plays."""

    relay: FakeRelay
    history: MemoryHistory
    settings: MemorySettings
    cookies: MemoryCookies
    told: Told
    clock: FakeClock
    poller: Poller

    def asked(self) -> str:
        """Return what the relay was asked, in order: `c` for a check, `p` for a poll."""
        kinds = {USAGE: "p", CHECK: "c"}
        return "".join(kinds[request.path] for request in self.relay.requests)

    async def until_state(self, state: str) -> None:
        await self.told.until(lambda: self.poller.task.state == state)

    async def until_polls(self, count: int) -> None:
        """Wait until so many polls have ended."""
        await self.told.until(lambda: sum(self.poller.outcomes.values()) >= count)


class Gate:
    """A behaviour that answers as another does, but only once it is opened."""

    def __init__(self, behaviour: Behaviour = normal) -> None:
        self._behaviour = behaviour
        self._open = asyncio.Event()

    def open(self) -> None:
        self._open.set()

    async def __call__(self, exchange: Exchange) -> None:
        await self._open.wait()
        await self._behaviour(exchange)


@asynccontextmanager
async def staged(
    relay: FakeRelay, *, cookie: str | None = COOKIE, enabled: bool = False, interval_s: int = 60
) -> AsyncIterator[Stage]:
    """Raise the curtain: the poller runs. `enabled` is what was remembered of the switch."""
    client = RelayClient(relay.url, deadline_s=20)
    history, cookies, told, clock = MemoryHistory(), MemoryCookies(cookie), Told(), FakeClock()
    settings = MemorySettings(enabled=enabled, config=Config(interval_seconds=interval_s))
    poller = Poller(client, history, settings, cookies, told, clock)
    try:
        async with poller:
            yield Stage(relay, history, settings, cookies, told, clock, poller)
    finally:
        await client.close()
