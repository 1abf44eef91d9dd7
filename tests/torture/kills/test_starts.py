"""`kill -9` while it starts, and starts that meet: one directory has one CCurve, and it has all that was there."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from tests.e2e.program import LISTENING, Program
from tests.torture.kills.ledger import Ledger, Tally
from tests.torture.kills.restless import RestlessRelay, in_bursts
from tests.torture.kills.rig import Rig
from tests.torture.kills.shares import share

START_S: Final = 0.5


async def test_kills_amid_a_start_change_nothing(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    ledger = Ledger(rig.data_dir, Tally())
    restless = RestlessRelay(rig.relay, ledger, in_bursts(rig.dice))
    await rig.begin()
    kills, before_listening = share("start", count("kills")), 0
    for _ in range(kills):
        async with rig.running() as program:
            await rig.settle(program, ledger)
            await rig.poll_until_killed(program, restless, ledger, at_once=True)
        program = await _started(rig)
        await rig.kill_amid(program, within_s=START_S)
        before_listening += "listening" not in program.output
    async with rig.running() as program:
        await rig.settle(program, ledger)
        await rig.end(program)
    seconds = time.monotonic() - began_s
    figure("kills amid a start", f"{kills}; {before_listening} before it listened; {seconds:.0f} s")


async def test_kills_amid_a_first_start_leave_nothing_that_the_next_stumbles_over(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    kills = share("first start", count("kills"))
    for kill in range(kills):
        first = Rig(rig.relay, rig.session, rig.dice, rig.data_dir / str(kill))
        program = await _started(first)
        await first.kill_amid(program, within_s=START_S)
        async with first.running() as program:
            assert (await first.read_usage(program)).records == []
            await first.end(program)
    figure("kills amid a first start", f"{kills}; {time.monotonic() - began_s:.0f} s")


async def test_of_two_that_start_while_one_is_being_killed_one_serves_and_one_points_at_it(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    ledger = Ledger(rig.data_dir, Tally())
    restless = RestlessRelay(rig.relay, ledger, in_bursts(rig.dice))
    await rig.begin()
    kills = share("two starts", count("kills"))
    for _ in range(kills):
        async with rig.running() as dying:
            await rig.settle(dying, ledger)
            second = await _started(rig)
            assert "already running" in await second.first_line()
            assert await second.ended() == 0
            kill = asyncio.create_task(rig.poll_until_killed(dying, restless, ledger, at_once=True))
            rivals = [await _started(rig) for _ in range(2)]
            await kill
        lines = [await rival.first_line() for rival in rivals]
        serving = [rival for rival, line in zip(rivals, lines, strict=True) if LISTENING.fullmatch(line)]
        told = [rival for rival, line in zip(rivals, lines, strict=True) if "already running" in line]
        assert len(serving) + len(told) == 2, lines
        # Both came in time to be pointed at the one that died, or else one took over.
        assert len(serving) <= 1
        for rival in told:
            assert await rival.ended() == 0
        for rival in serving:
            await rival.kill()
    async with rig.running() as program:
        await rig.settle(program, ledger)
        await rig.end(program)
    figure("starts that meet", f"{kills} times; {time.monotonic() - began_s:.0f} s")


async def _started(rig: Rig) -> Program:
    return await Program.started("--port", "0", "--upstream", rig.relay.url, data_dir=rig.data_dir, TZ="UTC")
