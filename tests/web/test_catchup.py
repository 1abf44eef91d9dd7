import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from domain.records import Record, Since, Stored
from tests.web.site import open_site
from web.catchup import CatchUp
from web.needs import Usage, View

T = TypeVar("T")


class AtOnce:
    """A history that is read without waiting, and knows how far it has got."""

    def __init__(self) -> None:
        self.cursor = "ab-1"
        self.reads = 0

    def since(self, cursor: str, limit: int) -> Since:
        del cursor, limit
        return Since([], self.cursor, more=False)

    async def read(self, work: Callable[[View], T]) -> T:
        self.reads += 1
        return work(cast("View", self))


async def test_a_read_that_has_just_ended_is_not_waited_for_again(data_dir: Path) -> None:
    history = AtOnce()
    async with open_site(data_dir) as site:
        rooms = site.rooms
        object.__setattr__(rooms, "usage", cast("Usage", history))
        catchup = CatchUp(rooms)
        first = asyncio.create_task(catchup.since("ab-0"))
        await asyncio.sleep(0)  # `first` begins the read
        await asyncio.sleep(0)  # the read ends, which nobody has been told yet
        history.cursor = "ab-2"
        rooms.hub.usage(Stored([Record(1, "opus", 1, 1)], 1, "ab-2"))
        piece = await catchup.since("ab-0")
        await first
    assert piece is not None
    assert (piece.cursor.sequence, history.reads) == (2, 2)
