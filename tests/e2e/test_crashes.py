"""What is left behind by a `kill -9`, and what is not. The many of them, at random moments, are in `torture/kills`."""

from pathlib import Path

import aiohttp

from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay


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
