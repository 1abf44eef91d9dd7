"""`kill -9` at random moments of polling: all that was acknowledged is there, sums agree, cursors go on."""

import time
from collections.abc import Callable
from typing import Final

from tests.torture.kills.agreement import SIZES
from tests.torture.kills.ledger import Ledger, Tally
from tests.torture.kills.restless import RestlessRelay, in_bursts, in_masses
from tests.torture.kills.rig import Rig
from tests.torture.kills.shares import share

LARGE: Final = (5_000,) * 5 + (20_000,) * 4 + (100_000,)
KILLS_OF_A_MAP: Final = 3


async def test_kills_amid_polling_lose_nothing(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    ledger = Ledger(rig.data_dir, tally := Tally())
    restless = RestlessRelay(rig.relay, ledger, in_bursts(rig.dice))
    await rig.begin()
    for _ in range(share("polling", count("kills"))):
        async with rig.running() as program:
            await rig.settle(program, ledger)
            await rig.poll_until_killed(program, restless, ledger)
        await rig.check()
    async with rig.running() as program:
        await rig.settle(program, ledger)
        await rig.end(program)
    figure("kills amid polling", f"{tally}; {time.monotonic() - began_s:.0f} s")


async def test_kills_while_the_map_grows_lose_nothing(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    rig.relay.limit = max(LARGE)
    tally = Tally()
    kills = share("map growth", count("kills"))
    for first in range(0, kills, KILLS_OF_A_MAP):
        # From the smallest map on again and again: it doubles, so the larger it is the less often it grows.
        grown = Rig(rig.relay, rig.session, rig.dice, rig.data_dir / str(first))
        ledger = Ledger(grown.data_dir, tally)
        restless = RestlessRelay(rig.relay, ledger, in_masses(rig.dice, LARGE))
        await grown.begin()
        for _ in range(first, min(first + KILLS_OF_A_MAP, kills)):
            async with grown.running() as program:
                await grown.settle(program, ledger, rig.dice.sample(SIZES, 2))
                await grown.poll_until_killed(program, restless, ledger)
        async with grown.running() as program:
            await grown.settle(program, ledger)
            await grown.end(program)
    figure("kills amid map growth", f"{tally}; {time.monotonic() - began_s:.0f} s")
