"""`kill -9` while the cookie is replaced, deleted, renewed: its file holds one that was meant, and no other's bytes."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.e2e.program import Api
from tests.fakes.relay import CHECK, USAGE, Exchange, normal
from tests.torture.kills.rig import Rig
from tests.torture.kills.shares import share

CHANGE_S: Final = 0.02
"""About how long it takes to store a cookie and to have it checked."""


class Changes:
    """The cookies in the order in which somebody wanted them stored, None for none; `certain` was, or a later one."""

    def __init__(self) -> None:
        self.wanted: list[str | None] = [None]
        self.certain = 0

    def next(self) -> str:
        """Want another cookie stored: return its value."""
        value = f"canary{len(self.wanted):06d}end"
        self.wanted.append(value)
        return value

    def confirm(self, value: str | None) -> None:
        """Note that it is stored."""
        self.certain = max(self.certain, len(self.wanted) - 1 - self.wanted[::-1].index(value))

    @property
    def possible(self) -> set[str | None]:
        """What may be stored."""
        return set(self.wanted[self.certain :])

    def on_disk(self, directory: Path) -> set[str | None]:
        """Return which of all of them can be read in any file of the directory."""
        held = b"".join(path.read_bytes() for path in directory.iterdir())
        return {value for value in self.wanted if value is not None and value.encode() in held}


async def test_kills_amid_a_change_of_the_cookie_leave_the_one_or_the_other_and_no_trace_of_more(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    changes = Changes()
    kills, cut_short = share("cookie", count("kills")), 0

    async def renew(exchange: Exchange) -> None:
        """Answer, and now and then hand out the next cookie with it."""
        asked_with = (exchange.request.cookie or "").removeprefix("session=")
        if rig.dice.random() < 0.3:
            rig.relay.set_cookies = [f"session={changes.next()}; Path=/"]
        await normal(exchange)
        rig.relay.set_cookies = []
        assert asked_with in changes.wanted

    rig.relay.behave(CHECK, renew)
    rig.relay.behave(USAGE, renew)
    for _ in range(kills):
        async with rig.running() as program:
            # What is stored now must be found by its name alone: no answer tells a value.
            tasks = [asyncio.create_task(_keep_changing(rig, rig.api(program), changes))]
            await asyncio.sleep(0)
            await rig.kill_amid(program, _joined(tasks), within_s=CHANGE_S * rig.dice.randrange(1, 6))
        left = changes.on_disk(rig.data_dir)
        assert left <= changes.possible, "a cookie outlived its replacement"
        names = {path.name for path in rig.data_dir.iterdir()}
        cut_short += bool(names & {"cookie.mdb.new", "cookie.mdb.old"})
        async with rig.running() as program:
            left = changes.on_disk(rig.data_dir)
            assert len(left) <= 1, "two cookies are there after a start"
            held = next(iter(left), None)
            assert held in changes.possible, "neither the acknowledged cookie nor the one under way is there"
            assert (await rig.api(program).get("/api/status"))["cookie"]["present"] is (held is not None)
            changes.confirm(held)
            await program.kill()
        await rig.check()
    async with rig.running() as program:
        await rig.end(program)
    figure(
        "kills amid a change of the cookie", f"{kills}; {cut_short} cut one short; {time.monotonic() - began_s:.0f} s"
    )


async def _joined(tasks: list[asyncio.Task[None]]) -> None:
    await asyncio.gather(*tasks)


async def _keep_changing(rig: Rig, api: Api, changes: Changes) -> None:
    while True:
        if rig.dice.random() < 0.2:
            changes.wanted.append(None)
            await api.do("DELETE", "/api/cookie")
            changes.confirm(None)
            continue
        value = changes.next()
        await api.do("PUT", "/api/cookie", {"cookie": f"session={value}"})
        changes.confirm(value)
        if rig.dice.random() < 0.3:
            await api.do("POST", "/api/refresh")
