import asyncio
import json
import os
import signal
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from launch.lock import acquire
from launch.version import VERSION
from storage import codec, files, schema
from storage.environment import Environment
from storage.store import opened
from tests.e2e.program import FROZEN, Api, Program, running

NOWHERE = "http://127.0.0.1:9"


async def test_it_says_where_it_listens_in_one_line_and_answers_there(tmp_path: Path) -> None:
    async with running(data_dir=tmp_path / "data", upstream=NOWHERE) as program, aiohttp.ClientSession() as session:
        assert await Api(session, program.url).get("/healthz") == {"status": "ok"}
        assert await program.stop() == 0
    assert program.output == f"CCurve {VERSION} listening on {program.url}\n"
    assert program.errors == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM)])
async def test_a_signal_ends_it_with_success(number: signal.Signals, tmp_path: Path) -> None:
    async with running(data_dir=tmp_path / "data", upstream=NOWHERE) as program:
        program.send(number)
        assert await program.ended() == 0
    assert program.errors == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes to send a signal to")
async def test_ctrl_c_in_a_terminal_ends_it_with_success(tmp_path: Path) -> None:
    """It goes to all processes of the group; the frozen file's outer one passes it on, so that the inner has two."""
    async with running(data_dir=tmp_path / "data", upstream=NOWHERE) as program:
        os.killpg(program.pid, signal.SIGINT)
        assert await program.ended() == 0
    assert program.errors == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no hangups")
async def test_a_hangup_that_nohup_ignores_ends_nothing(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    program = await Program.started("--port", "0", data_dir=tmp_path, wrapper=["nohup"])
    await program.listening()
    os.killpg(program.pid, signal.SIGHUP)
    assert await Api(session, program.url).get("/healthz") == {"status": "ok"}
    assert await program.stop() == 0


@pytest.mark.skipif(not FROZEN or os.name == "nt", reason="only the frozen file has an outer process")
async def test_the_inner_process_ends_with_the_outer_and_the_next_start_clears_up(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    unpacked: set[Path] = set()
    for _ in range(2):
        program = await Program.started("--port", "0", data_dir=tmp_path / "data", TMPDIR=str(tmp_path / "tmp"))
        await program.listening()
        while set((tmp_path / "tmp").iterdir()) & unpacked:
            assert program.alive
            await asyncio.sleep(0)
        unpacked |= set((tmp_path / "tmp").iterdir())
        os.kill(program.pid, signal.SIGKILL)
        await program.ended()  # the inner one holds the outputs open
        assert (tmp_path / "data" / files.CLEAN_END).exists()
        assert program.errors == ""
    assert len(unpacked) == 2


@pytest.mark.skipif(os.name == "nt", reason="there is no shell to close them")
async def test_it_runs_without_standard_streams(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    closing = ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]
    program = await Program.started("--port", "0", data_dir=tmp_path, wrapper=closing)
    while not (tmp_path / "instance.json").exists():
        assert program.alive
        await asyncio.sleep(0)
    url = json.loads((tmp_path / "instance.json").read_text())["url"]
    assert await Api(session, url).get("/healthz") == {"status": "ok"}
    assert await program.stop() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither these signals nor modes")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
async def test_a_signal_during_the_start_ends_it_with_success(name: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    held = acquire(tmp_path / files.LOCK)
    program = await Program.started("--port", "0", data_dir=tmp_path)
    # It closes the directory to others, and then waits for the lock.
    while stat.S_IMODE(tmp_path.stat().st_mode) != files.OWNER_ONLY_DIR:
        assert program.alive
        await asyncio.sleep(0)
    program.send(signal.Signals[name])
    assert await program.ended() == 0
    os.close(held)
    assert (program.output, program.errors) == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows does not send these signals to another process")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signals_while_it_ends_change_nothing(number: signal.Signals, tmp_path: Path) -> None:
    async with running(data_dir=tmp_path, upstream=NOWHERE) as program:
        ended = asyncio.create_task(program.ended())
        while not ended.done():
            with suppress(ProcessLookupError):
                os.kill(program.pid, number)  # the process object would take the exit status for itself
            await asyncio.sleep(0)
        assert await ended == 0
    assert program.errors == ""
    assert (tmp_path / files.CLEAN_END).exists()


async def refused(*arguments: str, data_dir: Path, status: int = 1) -> str:
    """Return what it says of why it does not start."""
    program = await Program.started(*arguments, data_dir=data_dir)
    assert await program.ended() == status, program.errors
    assert program.output == ""
    assert "Traceback" not in program.errors
    return program.errors


async def test_a_wrong_option_exits_with_two(tmp_path: Path) -> None:
    assert "--port" in await refused("--port", "x", data_dir=tmp_path, status=2)


async def test_a_port_that_was_asked_for_and_is_taken_exits_with_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = await refused("--port", str(taken.getsockname()[1]), data_dir=tmp_path / "data")
    assert said.count("\n") == 1
    assert "--port" in said


async def test_a_data_directory_that_cannot_be_one_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        said = await refused("--port", "0", data_dir=path)
        assert said.count("\n") == 1
        assert "--data-dir" in said


async def test_what_is_wrong_can_be_told_where_its_name_cannot_be_shown(tmp_path: Path) -> None:
    (tmp_path / "数据").touch()
    program = await Program.started(data_dir=tmp_path / "数据", LANG="C", PYTHONIOENCODING="ascii")
    assert await program.ended() == 1
    assert program.errors.count("\n") == 1
    assert "--data-dir" in program.errors


async def test_a_damaged_database_exits_with_one_and_is_left_alone(tmp_path: Path) -> None:
    files.prepare(tmp_path)
    (tmp_path / files.HISTORY).write_bytes(b"damage" * 4000)
    said = await refused("--port", "0", data_dir=tmp_path)
    assert said.count("\n") == 1
    assert "damaged" in said
    assert (tmp_path / files.HISTORY).read_bytes() == b"damage" * 4000


async def test_a_database_of_a_newer_release_exits_with_one(tmp_path: Path) -> None:
    files.prepare(tmp_path)
    environment = Environment(tmp_path / files.HISTORY, schema.bring_up_to_date)
    environment.write_now(lambda t: t.put(b"schema", codec.number_key(99), db=environment.tables.meta), "test")
    environment.close()
    said = await refused("--port", "0", data_dir=tmp_path)
    assert said.count("\n") == 1
    assert "newer release" in said


async def test_a_second_start_names_the_first_and_exits_with_success(tmp_path: Path) -> None:
    async with running(data_dir=tmp_path, upstream=NOWHERE) as first:
        second = await Program.started("--port", "0", data_dir=tmp_path)
        assert await second.ended() == 0
        assert first.url in second.output
        async with aiohttp.ClientSession() as session:
            assert await Api(session, first.url).get("/healthz") == {"status": "ok"}


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """A pipe into which a browser says where it was sent, and which waits for a reader."""
    if sys.platform != "linux":
        pytest.skip("elsewhere the browser is the system's to choose")
    os.mkfifo(tmp_path / "visits")
    return tmp_path / "visits"


def browser(visits: Path, *, then: str = "exit", said: str = '"$1"') -> Path:
    """Return a browser."""
    script = visits.with_name("browser")
    script.write_text(f'#!/bin/sh\necho {said} > "{visits}"\n{then}\n')
    script.chmod(0o700)
    return script


async def test_the_browser_opens_at_the_address_once_it_listens_and_again_at_a_second_start(
    visits: Path, tmp_path: Path
) -> None:
    first = await Program.started_with_browser(browser(visits), data_dir=tmp_path / "data")
    await first.listening()
    assert visits.read_text() == first.url + "\n"
    second = await Program.started_with_browser(browser(visits), data_dir=tmp_path / "data")
    assert visits.read_text() == first.url + "\n"
    assert await second.ended() == 0
    assert await first.stop() == 0


async def test_a_browser_that_stays_keeps_neither_start_waiting(visits: Path, tmp_path: Path) -> None:
    stays = browser(visits, said="$$", then="exec sleep 600")
    first = await Program.started_with_browser(stays, data_dir=tmp_path / "data")
    browsers = [int(visits.read_text())]
    await first.listening()
    second = await Program.started_with_browser(stays, data_dir=tmp_path / "data")
    browsers.append(int(visits.read_text()))
    assert await second.ended() == 0
    os.killpg(first.pid, signal.SIGINT)
    assert await first.ended() == 0
    for pid in browsers:
        os.kill(pid, signal.SIGKILL)  # raises where it has not outlived them


async def test_the_browser_gets_the_environment_of_the_person(visits: Path, tmp_path: Path) -> None:
    shows = browser(visits, said='"$(env)"')
    program = await Program.started("--port", "0", data_dir=tmp_path / "data", BROWSER=str(shows), LD_LIBRARY_PATH="/x")
    inherited = visits.read_text().splitlines()
    assert "LD_LIBRARY_PATH=/x" in inherited
    assert not [line for line in inherited if line.startswith(("_PYI", "LD_LIBRARY_PATH_ORIG"))]
    await program.listening()
    assert await program.stop() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is one of Linux")
async def test_a_service_of_systemd_opens_no_browser(tmp_path: Path) -> None:
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\n: > "{tmp_path}/opened"\n')
    script.chmod(0o700)
    by_systemd = ["/bin/sh", "-c", 'SYSTEMD_EXEC_PID=$$ exec "$@"', "sh"]
    data_dir = tmp_path / "data"
    program = await Program.started("--port", "0", data_dir=data_dir, wrapper=by_systemd, BROWSER=str(script))
    await program.listening()
    assert await program.stop() == 0
    assert not (tmp_path / "opened").exists()


async def test_starts_at_the_same_moment_leave_one_running(tmp_path: Path) -> None:
    programs = [await Program.started("--port", "0", data_dir=tmp_path) for _ in range(4)]
    lines = [await program.first_line() for program in programs]
    listening = [line for line in lines if " listening on " in line]
    assert len(listening) == 1
    assert len([line for line in lines if " already running on " in line]) == 3
    for program, line in zip(programs, lines, strict=True):
        assert await (program.stop() if line in listening else program.ended()) == 0


async def test_the_data_of_one_that_was_killed_can_be_used_at_once(tmp_path: Path) -> None:
    async with running(data_dir=tmp_path, upstream=NOWHERE) as program:
        await program.kill()
    async with running(data_dir=tmp_path, upstream=NOWHERE) as program:
        assert await program.stop() == 0
    with opened(tmp_path) as store:
        assert store.history.summary().records == 0


async def test_other_host_names_are_answered_when_allowed(tmp_path: Path) -> None:
    async with (
        running("--allow-host", "ccurve.home", data_dir=tmp_path, upstream=NOWHERE) as program,
        aiohttp.ClientSession() as session,
    ):
        statuses = []
        for host in ("ccurve.home", "evil.example"):
            async with session.get(f"{program.url}/api/status", headers={"Host": host}) as response:
                statuses.append(response.status)
    assert statuses == [200, 421]
