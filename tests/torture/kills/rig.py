"""Owns what every kill has round it: a relay, the real program on a directory, chance, and who looks afterwards."""

import asyncio
import random
from collections.abc import Coroutine, Iterable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay
from tests.torture.kills.agreement import SIZES, charges_of
from tests.torture.kills.ledger import Ledger
from tests.torture.kills.restless import RestlessRelay
from tests.torture.kills.usage import Usage, read_usage

ROUND_S: Final = 0.03
"""About how long it takes from an answer of the relay to the word of it, for a page of twenty."""

RECORD_S: Final = 0.00003
"""What each record of a large answer adds to that."""


class Rig:
    """The program on `data_dir`, in UTC, which polls at its start and then when it is asked to."""

    def __init__(self, relay: FakeRelay, session: aiohttp.ClientSession, dice: random.Random, data_dir: Path) -> None:
        self.relay = relay
        self.session = session
        self.dice = dice
        self.data_dir = data_dir
        self.page = Page()

    def running(self) -> AbstractAsyncContextManager[Program]:
        """Run it until the block ends."""
        return running(data_dir=self.data_dir, upstream=self.relay.url, TZ="UTC")

    def api(self, program: Program) -> Api:
        return Api(self.session, program.url)

    async def read_usage(self, program: Program, sizes: Iterable[str] = SIZES) -> Usage:
        """Return all that it has stored, which agrees with itself."""
        return await read_usage(self.session, program.url, self.dice, sizes)

    async def begin(self) -> None:
        """Give it a cookie, turn the switch on, and open the page once, on the empty history; then kill it."""
        async with self.running() as program:
            await self.api(program).do("PATCH", "/api/config", {"intervalSeconds": 86_400})
            await self.api(program).switch_on()
            async with self.page.follow(program.url):
                await self.page.until(lambda page: page.cursor is not None)
            await program.kill()

    async def kill_amid(self, program: Program, *work: Coroutine[Any, Any, None], within_s: float) -> None:
        """Kill it at some moment within that time, while others work with it."""
        tasks = [asyncio.create_task(one) for one in work]
        # The moment of the kill is what varies, and no wait for anything.
        await asyncio.sleep(self.dice.uniform(0, within_s))
        await program.kill()
        await ended(tasks)

    async def settle(self, program: Program, ledger: Ledger, sizes: Iterable[str] = SIZES) -> None:
        """Hold the store, and what a page then knows that comes back with its cursor, to what the relay has shown."""
        usage = await self.read_usage(program, sizes)
        ledger.settle(usage, charges_of(self.page.records.values()))
        async with self.page.follow(program.url):
            await self.page.until(lambda page: page.cursor == usage.cursor)
        assert charges_of(self.page.records.values()) == charges_of(usage.records)
        assert self.page.doubled == []

    async def poll_until_killed(
        self, program: Program, restless: RestlessRelay, ledger: Ledger, *, at_once: bool = False
    ) -> None:
        """Poll without a pause, with the page open, and kill it after one of the first answers.

        That is anywhere on the way of the answer to the page, or a little later; or right after the answer left.
        """
        api = self.api(program)

        async def keep_polling() -> None:
            while True:
                await api.do("POST", "/api/refresh")
                ledger.acknowledge()

        tasks = [asyncio.create_task(keep_polling()), asyncio.create_task(self.page.read(program.url))]
        # The poll that hangs since the start has used up some of its time: one that is called up anew has all of it.
        await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
        restless.let()
        await restless.shown(self.dice.randrange(1, 4))
        within_s = 0 if at_once else ROUND_S + RECORD_S * restless.last_size
        await asyncio.sleep(self.dice.uniform(0, within_s))  # as above
        await program.kill()
        await ended(tasks)
        ledger.killed()
        restless.hold()

    async def check(self) -> None:
        """Have it look at everything in the directory, as the last program left it: every index, every sum."""
        looking = await Program.started("--check", data_dir=self.data_dir)
        assert await looking.ended() == 0, looking.output + looking.errors

    async def end(self, program: Program) -> None:
        """End it as one does, which nothing that was killed before may spoil."""
        assert await program.stop() == 0
        assert "Traceback" not in program.errors


async def ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Wait for work that a kill has ended; what it failed of otherwise is raised."""
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, BaseException) and not isinstance(outcome, aiohttp.ClientError | ConnectionError):
            raise outcome
