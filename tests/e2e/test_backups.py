"""The whole story of a backup, told by the real program: taken by itself, needed, brought back; and the check of it."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from storage import files, shelf
from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay, charge

WINDOW = "from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z"
NOWHERE = "http://127.0.0.1:9"


def charges(first: int, last: int) -> list[dict[str, Any]]:
    """Return charges as the relay has them, newest first: one a minute, of three models."""
    return [
        charge(n, credits=n, at=f"2025-08-25T{n // 60:02d}:{n % 60:02d}:00.000Z", model=f"model-{n % 3}")
        for n in reversed(range(first, last))
    ]


async def run(*arguments: str, data_dir: Path) -> tuple[int, Program]:
    program = await Program.started(*arguments, data_dir=data_dir)
    return await program.ended(), program


async def usage(api: Api) -> list[Any]:
    return [await api.get(f"/api/usage?{WINDOW}{bucket}") for bucket in ("", "&bucket=900", "&bucket=86400")]


async def test_a_backup_is_taken_needed_and_brought_back(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    relay.limit = 1000
    relay.records = charges(1, 300)
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await Api(session, program.url).do("PUT", "/api/cookie", {"cookie": "session=good"})
        await Api(session, program.url).do("POST", "/api/refresh")
        assert await program.stop() == 0
    page = Page()
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await program.complained("The history was backed up to")
        api = Api(session, program.url)
        before = await usage(api)
        relay.records = charges(250, 400)
        await api.do("POST", "/api/refresh")
        cursor = (await api.get("/api/status"))["usage"]["cursor"]
        page.cursor = cursor.partition("-")[0] + "-0"
        async with page.follow(program.url):
            await page.until(lambda page: page.cursor == cursor)
        assert len(page.records) == 399
        assert await program.stop() == 0
    assert len(shelf.listed(data_dir)) == 1

    history = data_dir / files.HISTORY
    damaged = history.read_bytes()[: 9 * 4096]
    history.write_bytes(damaged)
    status, program = await run("--port", "0", data_dir=data_dir)
    assert (status, program.output) == (1, "")
    assert program.errors.count("\n") == 1
    assert "damaged" in program.errors
    assert "--restore" in program.errors

    status, program = await run("--restore", data_dir=data_dir)
    assert (status, program.errors) == (0, "")
    assert "299 records" in program.output
    (replaced,) = data_dir.glob("history-replaced-*.mdb")
    assert str(replaced) in program.output
    assert replaced.read_bytes() == damaged

    async with running(data_dir=data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        assert [_without_cursor(answer) for answer in await usage(api)] == [_without_cursor(one) for one in before]
        assert (await api.get("/api/status"))["cookie"]["present"] is True
        told = len(page.told)
        async with page.follow(program.url):  # with the cursor of what is lost
            await page.until(lambda page: [event for event, _ in page.told[told:]].count("usage") == 1)
        assert next(data for event, data in page.told[told:] if event == "usage")["reset"] is True
        relay.records = charges(350, 420)
        await api.do("POST", "/api/refresh")
        (gap,) = (await api.get("/api/status"))["usage"]["gaps"]
        assert (gap["from"], gap["to"]) == ("2025-08-25T04:59:00.000Z", "2025-08-25T05:50:00.000Z")
        assert await program.stop() == 0
    status, program = await run("--check", data_dir=data_dir)
    assert status == 0, program.output


def _without_cursor(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "cursor"}


async def test_what_runs_is_neither_checked_nor_replaced(data_dir: Path) -> None:
    async with running(data_dir=data_dir, upstream=NOWHERE) as running_one:
        for option in ("--check", "--restore"):
            status, program = await run(option, data_dir=data_dir)
            assert (status, program.output) == (1, "")
            assert program.errors.count("\n") == 1
            assert running_one.url in program.errors
            assert "End it first" in program.errors
        assert await running_one.stop() == 0
    status, program = await run("--check", data_dir=data_dir)
    assert status == 0, program.output


async def test_a_check_says_what_is_wrong_on_a_line_each_and_exits_with_one(data_dir: Path) -> None:
    files.prepare(data_dir)
    (data_dir / files.HISTORY).write_bytes(b"damage" * 4000)
    status, program = await run("--check", data_dir=data_dir)
    assert (status, program.errors) == (1, "")
    first, *_, last = program.output.splitlines()
    assert first.startswith("history.mdb: WRONG. ")
    assert last == "Something is wrong."
    assert (data_dir / files.HISTORY).read_bytes() == b"damage" * 4000


async def test_a_restoration_of_what_is_not_there_exits_with_one_and_makes_no_history(data_dir: Path) -> None:
    for arguments in (["--restore"], ["--restore", str(data_dir / "nothing.mdb.gz")]):
        status, program = await run(*arguments, data_dir=data_dir)
        assert (status, program.output) == (1, "")
        assert program.errors.count("\n") == 1
    assert not (data_dir / files.HISTORY).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not send these signals to another process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_check_that_is_broken_off_is_no_success(number: signal.Signals, data_dir: Path) -> None:
    files.prepare(data_dir)
    shelf.shelf(data_dir).mkdir()
    for day in range(3000):  # it has more to say than anybody hears, and waits to be heard
        shelf.place(data_dir, day * 86_400_000, "daily").touch()
    program = await Program.started("--check", data_dir=data_dir)
    assert "history.mdb: OK" in await program.first_line()
    program.send(number)
    assert await program.ended() == -number


async def test_the_end_does_not_wait_for_a_backup(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    relay.limit = 20_000
    relay.records = charges(1, 1300)
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        await Api(session, program.url).do("PUT", "/api/cookie", {"cookie": "session=good"})
        await Api(session, program.url).do("POST", "/api/refresh")
        await program.stop()
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        while not (shelf.shelf(data_dir) / "unfinished" / files.HISTORY).exists():
            assert program.alive
            await asyncio.sleep(0)
        assert await program.stop() == 0
        assert program.errors == ""
    assert list(shelf.shelf(data_dir).iterdir()) == []
