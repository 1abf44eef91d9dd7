"""`kill -9` at random moments of polling: nothing that a page was told of is lost, nothing comes twice."""

import asyncio
import os
import random
from pathlib import Path
from typing import Final

import aiohttp

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay, charge

KILLS: Final = int(os.environ.get("CCURVE_TEST_KILLS", "200" if os.environ.get("CI") else "20"))
WINDOW: Final = "from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z"


class BusyRelay:
    """Has more charges at every poll: new ones, late ones, and corrected ones."""

    def __init__(self, relay: FakeRelay) -> None:
        self._relay = relay
        self._dice = random.Random(2)  # noqa: S311 - the same every time
        self.amounts: dict[int, int] = {}

    def go_on(self) -> None:
        """Charge five times, one of them late, and correct an earlier one."""
        first = len(self.amounts) + 1
        for number in range(first, first + 5):
            seconds = 5 * number if number % 5 else 5 * number - 12
            at = f"2025-08-25T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.000Z"
            self._relay.records.insert(0, charge(number, credits=1, at=at, model=f"model-{number % 3}"))
            self.amounts[number] = 1
        corrected = self._dice.choice(self._relay.records[:15])
        corrected["creditsUsed"] += 1
        self.amounts[corrected["id"]] += 1


async def test_kills_lose_nothing_that_was_told(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    dice = random.Random(1)  # noqa: S311 - the same every time
    busy = BusyRelay(relay)
    page = Page()
    for kill in range(KILLS):
        async with running(data_dir=data_dir, upstream=relay.url) as program:
            api = Api(session, program.url)
            if kill == 0:
                await api.switch_on()
            connection = asyncio.create_task(page.read(program.url))
            polling = asyncio.create_task(keep_polling(api, busy))
            # The moment of the kill is what varies: anywhere in the middle of a poll, its commit or its telling.
            await asyncio.sleep(dice.uniform(0, 0.05))
            await program.kill()
            await asyncio.gather(connection, polling, return_exceptions=True)
        told = dict(page.records)
        async with running(data_dir=data_dir, upstream=relay.url) as program:
            usage = await Api(session, program.url).get(f"/api/usage?{WINDOW}")
            stored = {record["id"]: record for record in usage["records"]}
            for number, record in told.items():
                # What was told may have been corrected since, by a poll whose telling was cut off.
                assert stored[number]["creditsUsed"] >= record["creditsUsed"], f"lost after kill {kill}"
            assert page.doubled == []
            await compare_sums(Api(session, program.url), usage)
            await program.kill()
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await Api(session, program.url).do("POST", "/api/refresh")
        async with page.follow(program.url):
            cursor = (await Api(session, program.url).get("/api/status"))["usage"]["cursor"]
            await page.until(lambda page: page.cursor == cursor)
        usage = await Api(session, program.url).get(f"/api/usage?{WINDOW}")
    assert page.records == {record["id"]: record for record in usage["records"]}
    newest = {record["id"]: record["creditsUsed"] for record in usage["records"][-20:]}
    assert newest == {number: busy.amounts[number] for number in newest}
    assert page.doubled == []


async def keep_polling(api: Api, busy: BusyRelay) -> None:
    """Poll without a pause until the server is gone."""
    while True:
        busy.go_on()
        await api.call("POST", "/api/refresh")


async def compare_sums(api: Api, usage: dict[str, list[dict[str, int]]]) -> None:
    """Hold the sums at several bucket sizes to the records."""
    credits_used = sum(record["creditsUsed"] for record in usage["records"])
    for bucket in (60, 900, 3600, 14_400, 86_400):
        summed = await api.get(f"/api/usage?{WINDOW}&bucket={bucket}")
        points = [point for series in summed["series"] for point in series["points"]]
        assert sum(point[1] for point in points) == credits_used
        assert sum(point[2] for point in points) == len(usage["records"])


async def test_a_saved_cookie_survives_a_kill_right_after_the_answer(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await Api(session, program.url).switch_on("session=kept")
        await program.kill()
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await relay.wait_for_requests(len(relay.requests) + 1)
        assert relay.requests[-1].cookie == "session=kept"
        assert (await Api(session, program.url).get("/api/status"))["task"]["enabled"] is True


async def test_what_is_left_behind_by_a_kill_is_cleaned_up(relay: FakeRelay, data_dir: Path) -> None:
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await program.kill()
    program = await Program.started("--port", "0", data_dir=data_dir)
    await program.listening()
    assert await program.stop() == 0
    assert sorted(path.name for path in data_dir.iterdir()) == [
        "ccurve.lock",
        "history.clean",
        "history.mdb",
        "history.mdb-lock",
    ]
