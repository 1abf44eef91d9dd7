"""Owns the coming and going of fifty people at their pages, and what each page must know.

How a page reads is `page`'s.
"""

from random import Random
from typing import Final

from tests.torture.week.charges import MINUTE_MS, Row
from tests.torture.week.ledger import Ledger
from tests.torture.week.page import Page
from tests.torture.week.program import TurnedProgram

PLACES: Final = 50

_RANGE_MS: Final = 60 * MINUTE_MS
_LIFE_MINUTES: Final = 300


class _Visit:
    """A page from its first connection on: what it began with, and what was shown before that."""

    def __init__(self, ledger: Ledger, wall_ms: int) -> None:
        self.page = Page()
        self.minutes = 0
        self._ledger = ledger
        self._seen = len(ledger.changes)
        from_ms = wall_ms - _RANGE_MS
        self._began_with = {id_: row for id_, row in ledger.rows.items() if row.created_ms >= from_ms}

    def must_know(self) -> dict[int, Row]:
        """Return what it must know if it has been told everything."""
        return self._began_with | dict(self._ledger.changes[self._seen :])


class Pages:
    """Fifty places, at each of which a page is opened, closed, forgotten and opened again."""

    def __init__(self, program: TurnedProgram, ledger: Ledger) -> None:
        self.opened = self.connections = self.cut_off = self.compared = 0
        self._program = program
        self._ledger = ledger
        self._random = Random(7)  # noqa: S311 - the same people at every run
        self._visits: list[_Visit | None] = [None] * PLACES

    async def pass_minute(self) -> None:
        """Let some come and some go; the program must be at rest."""
        for place in range(PLACES):
            visit, chance = self._visits[place], self._random.random()
            if visit is None or not visit.page.open:
                if chance < 0.01:
                    await self._come(place)
                continue
            page, visit.minutes = visit.page, visit.minutes + 1
            if page.deaf:
                await self._wake_up(page, chance)
            elif visit.minutes > _LIFE_MINUTES:
                await self._compare(visit)
                await self._leave(place, page, chance)
            elif chance < 0.01:
                page.stop_reading()
            elif chance < 0.03:
                await page.leave(abruptly=chance < 0.015)

    async def all_come(self) -> None:
        """Have all fifty there, and see that each knows what it must."""
        for place in range(PLACES):
            await self._come(place)
        for visit in self._visits:
            assert visit is not None
            await self._compare(visit)

    async def all_leave(self) -> None:
        """Have nobody there; half of them come back to the same page one day."""
        for place, visit in enumerate(self._visits):
            if visit is not None:
                await visit.page.leave(abruptly=place % 3 == 0)
                if place % 2:
                    self._visits[place] = None

    async def _come(self, place: int) -> None:
        visit = self._visits[place]
        if visit is None:
            visit = self._visits[place] = _Visit(self._ledger, self._program.wall_ms)
            self.opened += 1
        elif visit.page.open and not visit.page.deaf:
            return
        await self._connect(visit.page)

    async def _connect(self, page: Page) -> None:
        self.connections += 1
        self.cut_off += page.cut_off
        await page.leave(abruptly=True)
        await page.come(self._program.url)

    async def _wake_up(self, page: Page, chance: float) -> None:
        """Read on at last, or never; who was cut off meanwhile notices it then."""
        if chance < 0.002:
            await page.leave(abruptly=True)
        elif chance < 0.008:
            page.read_on()

    async def _leave(self, place: int, page: Page, chance: float) -> None:
        await page.leave(abruptly=chance < 0.5)
        self._visits[place] = None

    async def _compare(self, visit: _Visit) -> None:
        """See that the page knows what it must, once it has been told all; each thing once."""
        status = await self._program.api.get("/api/status")
        while not await visit.page.until_at(status["usage"]["cursor"]):
            await self._connect(visit.page)
        must = visit.must_know()
        assert visit.page.rows == must, _difference(visit.page.rows, must)
        assert visit.page.doubled == 0
        assert visit.page.resets == 1, "it came back by its cursor, and yet had to begin anew"
        self.compared += 1


def _difference(knows: dict[int, Row], must: dict[int, Row]) -> str:
    odd = [(id_, knows.get(id_), must.get(id_)) for id_ in knows | must if knows.get(id_) != must.get(id_)]
    return f"{len(odd)} differ, such as {odd[:3]}"
