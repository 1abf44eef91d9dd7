"""The whole, over real sockets, against a model in plain Python: any order of what a relay and a person may do."""

import asyncio
import os
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

import aiohttp
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes import relay as fakes
from tests.fakes.relay import USAGE, FakeRelay, RelayRecord, charge

T = TypeVar("T")
WINDOW: Final = "from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z"
MODELS: Final = ("opus", "sonnet", "=1+1")
EXAMPLES: Final = 30 if os.environ.get("CI") else 8


def charged_at(second: int) -> str:
    return f"2025-08-25T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000Z"


class WholeMachine(RuleBasedStateMachine):
    """`held` is what the relay holds, `known` what CCurve must know: `{id: (model, amount, time)}`."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.directory = TemporaryDirectory()
        self.opened = AsyncExitStack()
        self.running = AsyncExitStack()
        self.held: dict[int, RelayRecord] = {}
        self.known: dict[int, tuple[str, float, str]] = {}
        self.page = Page()
        self.relay: FakeRelay
        self.session: aiohttp.ClientSession
        self.program: Program
        self.api: Api

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def open_program(self) -> None:
        self.program = await self.running.enter_async_context(
            running(data_dir=Path(self.directory.name) / "data", upstream=self.relay.url)
        )
        self.api = Api(self.session, self.program.url)

    @initialize()
    def start(self) -> None:
        async def start() -> None:
            self.relay = await self.opened.enter_async_context(FakeRelay())
            self.session = await self.opened.enter_async_context(aiohttp.ClientSession())
            await self.open_program()
            await self.api.do("PUT", "/api/cookie", {"cookie": "session=good"})

        self.run(start())

    @rule(seconds=st.lists(st.integers(0, 86_399), min_size=1, max_size=30), model=st.sampled_from(MODELS))
    def charge(self, seconds: list[int], model: str) -> None:
        for second in seconds:
            number = len(self.held) + 1
            self.held[number] = charge(number, credits=f"{number}.000001", at=charged_at(second), model=model)

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        if self.held:
            record = self.held[data.draw(st.sampled_from(sorted(self.held)))]
            record["creditsUsed"] = str(data.draw(st.integers(0, 1000)))

    @rule(data=st.data())
    def poll(self, data: st.DataObject) -> None:
        """The relay gives any of what it holds, in any order, among what does not count or makes no sense."""
        numbers = data.draw(st.lists(st.sampled_from(sorted(self.held)), unique=True)) if self.held else []
        self.relay.limit = 1000
        self.relay.records = [
            charge(10**6, type="REFUND"),
            *(self.held[number] for number in numbers),
            charge(10**6 + 1, credits="none"),
            charge(10**6 + 2, endpoint="v1/messages/count_tokens"),
        ]
        self.relay.behave(USAGE, data.draw(st.sampled_from([fakes.normal, fakes.envelope, fakes.chunked])))
        answer = self.run(self.api.do("POST", "/api/refresh"))
        assert (answer["fetched"], answer["matched"]) == (len(numbers) + 3, len(numbers))
        assert answer["new"] == len(set(numbers) - self.known.keys())
        for number in numbers:
            record = self.held[number]
            self.known[number] = record["model"], float(record["creditsUsed"]), record["createdAt"]

    @rule(behaviour=st.sampled_from([fakes.garbage, fakes.truncated, fakes.status(500), fakes.other_page]))
    def poll_in_vain(self, behaviour: fakes.Behaviour) -> None:
        self.relay.behave(USAGE, behaviour)
        status, _ = self.run(self.api.call("POST", "/api/refresh"))
        assert status == 502

    @rule(kill=st.booleans())
    def restart(self, kill: bool) -> None:
        async def restart() -> None:
            if kill:
                await self.program.kill()
            else:
                assert await self.program.stop() == 0
            await self.running.aclose()
            await self.open_program()

        self.run(restart())

    @rule()
    def look(self) -> None:
        """The page comes back, and knows just what it must; so do the answers, summed and plain."""

        async def look() -> None:
            cursor = (await self.api.get("/api/status"))["usage"]["cursor"]
            # Its own charges are older than any window, so it begins from the start of the store.
            self.page.cursor = self.page.cursor or cursor.partition("-")[0] + "-0"
            async with self.page.follow(self.program.url):
                await self.page.until(lambda page: page.cursor == cursor)
            plain = await self.api.get(f"/api/usage?{WINDOW}")
            summed = await self.api.get(f"/api/usage?{WINDOW}&bucket=3600")
            shown = {r["id"]: (r["model"], r["creditsUsed"], r["createdAt"]) for r in self.page.records.values()}
            assert shown == self.known
            assert {r["id"]: (r["model"], r["creditsUsed"], r["createdAt"]) for r in plain["records"]} == self.known
            assert len(plain["records"]) == len(self.known)
            assert summed["models"] == plain["models"]
            assert sum(total["requests"] for total in plain["models"]) == len(self.known)
            for series in summed["series"]:
                micros = [round(at[1] * 1_000_000) for at in series["points"]]
                own = [
                    round(amount * 1_000_000) for model, amount, _ in self.known.values() if model == series["model"]
                ]
                assert sum(micros) == sum(own)

        self.run(look())

    def teardown(self) -> None:
        self.run(self.running.aclose())
        self.run(self.opened.aclose())
        self.run(self.loop.shutdown_default_executor())
        self.loop.close()
        self.directory.cleanup()


TestWhole = WholeMachine.TestCase
TestWhole.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, suppress_health_check=list(HealthCheck))
