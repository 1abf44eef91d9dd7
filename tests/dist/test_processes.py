"""It is two processes, one of which unpacked the other; to whoever looks from outside it is one."""

import os
import signal
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from storage import files
from tests.dist.place import Place, inner_process
from tests.e2e.program import Api, Program
from tests.fakes.relay import FakeRelay

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals, and no list of processes to read")

CANARY: Final = "canary7f3a9c"
PROCESSES: Final = Path("/proc")


def send(program: Program, to: str, number: signal.Signals) -> None:
    match to:
        case "outer":
            program.send(number)
        case "inner":
            os.kill(inner_process(program), number)
        case _:
            os.killpg(program.pid, number)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
@pytest.mark.parametrize("to", ["outer", "inner", "both"])
async def test_a_signal_to_either_process_ends_both_and_leaves_nothing_behind(name: str, to: str, place: Place) -> None:
    program = await (await place.start()).listening()
    send(program, to, signal.Signals[name])
    assert await program.ended() == 0
    assert "Traceback" not in program.errors
    assert (place.data / files.CLEAN_END).exists()
    assert place.unpacked() == []


async def test_the_death_of_the_inner_process_is_that_of_the_outer_which_clears_up(place: Place) -> None:
    program = await (await place.start()).listening()
    os.kill(inner_process(program), signal.SIGKILL)
    assert await program.ended() == -signal.SIGKILL
    assert place.unpacked() == []


@pytest.mark.skipif(not PROCESSES.exists(), reason="only Linux lists processes as files")
async def test_no_list_of_processes_shows_the_cookie(
    place: Place, relay: FakeRelay, session: aiohttp.ClientSession
) -> None:
    program = await place.serve(CCURVE_UPSTREAM=relay.url)
    await Api(session, program.url).switch_on(f"session={CANARY}")
    for pid in (program.pid, inner_process(program)):
        for name in ("cmdline", "environ", "comm", "status"):
            assert CANARY.encode() not in (PROCESSES / str(pid) / name).read_bytes()
