"""A mistake of the program's own tells where it is, and not a character of the cookie that it was made with."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from storage import files
from tests.e2e.program import FROZEN, Api, Program
from tests.fakes.relay import FakeRelay
from tests.torture.traces import Canary, holders

FAULTY = Path(__file__).parent / "faulty.py"
NOWHERE = {"forgotten"}  # it is no error, and a warning names it

pytestmark = pytest.mark.skipif(FROZEN is not None, reason="nothing can be put into the frozen file")


async def start(place: Path, relay: FakeRelay, *wrapper: str, **environment: str) -> Program:
    """Start it with every log line, in a place of its own."""
    (place / "temporary").mkdir(exist_ok=True)
    return await Program.started(
        *("--port", "0", "--upstream", relay.url, "--log-level", "debug"),
        data_dir=place / "data",
        wrapper=wrapper,
        **{"TMPDIR": str(place / "temporary"), "PYTHONWARNINGS": "default", **environment},
    )


# Python's development mode says more; that it says no less without is for the full run.
@pytest.mark.parametrize("mode", ["1", ""], ids=["development mode", "plain"])
@pytest.mark.parametrize(
    "mistake",
    [
        *("handler", "poll", "check", "call", "writer"),
        *("task", "callback", "thread", "unraisable", "log", "forgotten"),
    ],
)
async def test_a_mistake_is_told_by_kind_and_place(
    tmp_path: Path,
    relay: FakeRelay,
    session: aiohttp.ClientSession,
    mistake: str,
    mode: str,
    pytestconfig: pytest.Config,
) -> None:
    if not mode and not pytestconfig.getoption("--full"):
        pytest.skip("only with --full")
    canary = Canary()
    wrapper = (sys.executable, str(FAULTY), mistake)
    program = await (await start(tmp_path, relay, *wrapper, PYTHONDEVMODE=mode)).listening()
    answers = []
    for method, path, body in (
        ("PUT", "/api/cookie", {"cookie": f"session={canary.value}"}),
        ("PUT", "/api/task", {"enabled": True}),
        ("POST", "/api/refresh", None),
        ("GET", "/api/status", None),
    ):
        async with session.request(method, program.url + path, json=body) as response:
            answers.append(await response.read())
    assert await program.stop() == 0
    assert not any(canary.is_in(answer) for answer in answers)
    assert not canary.is_in(program.errors.encode())
    assert not canary.is_in(program.output.encode())
    assert set(holders(tmp_path, [canary])) <= {f"data/{files.COOKIE}"}
    if mistake not in NOWHERE:
        assert "QuotingError" in program.errors
        assert "faulty.py" in program.errors


async def test_a_mistake_that_ends_it_is_told_by_kind_and_place(
    tmp_path: Path, relay: FakeRelay, session: aiohttp.ClientSession
) -> None:
    canary = Canary()
    program = await (await start(tmp_path, relay)).listening()
    await Api(session, program.url).do("PUT", "/api/cookie", {"cookie": f"session={canary.value}"})
    assert await program.stop() == 0
    program = await start(tmp_path, relay, sys.executable, str(FAULTY), "start")
    assert await program.ended() == 1
    assert not canary.is_in(program.errors.encode())
    assert "QuotingError" in program.errors


@pytest.mark.skipif(sys.platform != "linux", reason="where dumps go is asked of Linux")
@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS], ids=lambda number: number.name)
async def test_a_crash_leaves_nothing_of_the_memory_behind(
    tmp_path: Path, relay: FakeRelay, session: aiohttp.ClientSession, number: signal.Signals
) -> None:
    canary = Canary()
    # In a folder of its own, for that is where a dump would be written.
    wrapper = ("prlimit", "--core=unlimited:unlimited", "env", "-C", str(tmp_path / "temporary"))
    program = await (await start(tmp_path, relay, *wrapper, PYTHONFAULTHANDLER="1")).listening()
    await Api(session, program.url).do("PUT", "/api/cookie", {"cookie": f"session={canary.value}"})
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="ascii").strip()
    program.send(number)
    assert await program.ended() == -number
    assert not canary.is_in(program.errors.encode())
    assert list((tmp_path / "temporary").iterdir()) == []
    assert holders(tmp_path, [canary]) == [f"data/{files.COOKIE}"]
    if pattern == "core":
        assert _dumps_are_written_here(tmp_path / "temporary")


def _dumps_are_written_here(place: Path) -> bool:
    """Return whether others leave a dump in such a folder: else that there is none proves nothing."""
    command = ["prlimit", "--core=unlimited:unlimited", sys.executable, "-c", "import os; os.abort()"]
    subprocess.run(command, cwd=place, env=os.environ, check=False)
    return any(place.iterdir())
