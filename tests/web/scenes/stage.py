"""Owns what the scenes of the snapshots are made of: requests, streams, and a history that is the same every time.

The scenes themselves are its neighbours'; `test_snapshots` compares what they say with what was committed.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from domain.records import MAX_ID
from tests.web.site import Site, Wish
from tests.web.stand_ins import charge

Play: TypeAlias = Callable[[Site], Awaitable[bytes]]
Before: TypeAlias = Callable[[Site], Awaitable[object]]
NextEvent: TypeAlias = Callable[[str], Awaitable[bytes]]

SONNET: Final = "claude-sonnet-4-20250514"
OPUS: Final = "claude-opus-4-20250514"
CHINESE: Final = "模型-测试 🦊"
ODD: Final = 'a "quoted" \\ <name> & more'

CHARGES: Final = (
    charge(11_048_661, model=SONNET, ago_ms=3_000_000),
    charge(11_048_662, model=OPUS, ago_ms=1_800_001, micros=1),
    charge(11_048_663, model=CHINESE, ago_ms=1_799_999, micros=12_345_678),
    charge(11_048_664, model=SONNET, ago_ms=60_000, micros=100_000),
    charge(11_048_665, model=SONNET, ago_ms=60_000, micros=200_000),
    charge(11_048_666, model=ODD, ago_ms=0, micros=0),
    charge(MAX_ID, model=OPUS, ago_ms=-1_500, micros=99_999_999_999_999),
)
"""The smallest amount, nearly the largest, and two whose sum floats get wrong; the relay's clock is ahead of ours."""


async def nothing(_site: Site) -> None:
    """Leave the site as it is."""


@dataclass(frozen=True)
class Scene:
    """What is said as JSON text by a site that was made as wished, once something has happened before."""

    play: Play
    before: Before = nothing
    wish: Wish = field(default_factory=Wish)


def asks(method: str, path: str, body: object = None) -> Play:
    """Return the play in which a request is answered with 200."""

    async def play(site: Site) -> bytes:
        answer = await site.ask(method, path, body=body)
        assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/json")
        return answer.body

    return play


@asynccontextmanager
async def streaming(site: Site, query: str = "?range=60") -> AsyncIterator[NextEvent]:
    """Yield what returns the next event of a name as `{"event", "id", "data"}`, the data's text as it came."""
    async with site.session.get(f"{site.url}/api/events{query}") as response:
        assert response.status == 200

        async def next_event(name: str) -> bytes:
            while True:
                lines = (await response.content.readuntil(b"\n\n")).decode().split("\n")
                fields = dict(line.split(": ", 1) for line in lines if line and not line.startswith(":"))
                if fields.get("event") == name:
                    known_as = json.dumps(fields.get("id"))
                    return f'{{"event":"{name}","id":{known_as},"data":{fields["data"]}}}'.encode()

        yield next_event


async def charged(site: Site) -> str:
    """Store the charges, in a time zone that is the same on every machine; return the cursor behind them."""
    await site.ask("PATCH", "/api/config", body={"timeZone": "Asia/Shanghai"})
    return await site.poller.poll(*CHARGES)


async def charged_with_gap(site: Site) -> None:
    """Store the first charge, then another answer, which does not reach back to it."""
    await site.ask("PATCH", "/api/config", body={"timeZone": "Asia/Shanghai"})
    await site.poller.poll(CHARGES[0])
    await site.poller.poll(CHARGES[3])
