"""Owns what the relay has shown, answer by answer: by it the store is judged, whenever the program was killed.

An answer is stored whole or not at all, and in its turn: what a store holds is what some number of answers make.
"""

from pathlib import Path
from typing import Final

from msgspec import Struct

from storage.files import HISTORY
from tests.fakes.relay import RelayRecord
from tests.torture.kills.agreement import Charge, charges_of, moment_ms
from tests.torture.kills.usage import Usage


class Shown(Struct, frozen=True):
    """One answer: what was on the page, what the relay had beside it, and when the store was last written before."""

    page: dict[int, Charge]
    hidden: dict[int, int]
    written_ns: int


class Tally:
    """Counts kills by what they hit, for the figures."""

    def __init__(self) -> None:
        self.kills = self.unstored = self.torn = self.untold = 0

    def __str__(self) -> str:
        return (
            f"{self.kills}; {self.unstored} between an answer and its commit, {self.torn} of them with the file "
            f"half written; {self.untold} between a commit and the word of it"
        )


class Ledger:
    """What must be there. `hidden` holds, by id, the times of the charges that no stored answer has shown."""

    def __init__(self, data_dir: Path, tally: Tally) -> None:
        self._history: Final = data_dir / HISTORY
        self._shown: list[Shown] = []
        self._acknowledged = 0
        self._newest_ms: int | None = None
        self._left_ns: int | None = None
        self.stored: dict[int, Charge] = {}
        self.hidden: dict[int, int] = {}
        self.tally = tally

    @property
    def shown(self) -> int:
        """How many answers were shown since the store was last looked at."""
        return len(self._shown)

    def show(self, page: list[RelayRecord], hidden: list[RelayRecord]) -> None:
        """Note an answer that is about to be sent: its records, and those of the relay that it leaves out."""
        beside = {record["id"]: moment_ms(record["createdAt"]) for record in hidden}
        self._shown.append(Shown(charges_of(page), beside, self._written_ns()))

    def acknowledge(self) -> None:
        """Note that somebody was told of every answer so far."""
        self._acknowledged = len(self._shown)

    def settle(self, usage: Usage, told: dict[int, Charge]) -> None:
        """Hold what the store has, after a kill, to the answers; `told` is what the stream had said before it."""
        found = charges_of(usage.records)
        count = next((n for n in range(self._acknowledged, self.shown + 1) if self._after(n) == found), None)
        assert count is not None, self._difference(found)
        for number, charge in told.items():
            # What was told may have been corrected since, by an answer whose telling was cut off.
            assert number in found, f"{number} was told of, and is lost"
            assert found[number].micros >= charge.micros, f"a correction of {number} was told of, and is lost"
        self._count_kill(count, untold=told != found)
        for shown in self._shown[:count]:
            self._take(shown)
        self._shown, self._acknowledged = [], 0
        for number, at_ms in self.hidden.items():
            within = any(gap.from_ms <= at_ms <= gap.to_ms for gap in usage.gaps)
            assert within, f"{number} was never shown, and no gap says so"

    def killed(self) -> None:
        """Note that the program is dead, and nothing has been started since."""
        self._left_ns = self._written_ns()

    def _count_kill(self, stored: int, *, untold: bool) -> None:
        left_ns, self._left_ns = self._left_ns, None
        if left_ns is None:
            return
        self.tally.kills += 1
        if stored < self.shown:
            self.tally.unstored += 1
            self.tally.torn += left_ns != self._shown[stored].written_ns
        elif untold:
            self.tally.untold += 1

    def _after(self, count: int) -> dict[int, Charge]:
        after = dict(self.stored)
        for shown in self._shown[:count]:
            after |= shown.page
        return after

    def _take(self, shown: Shown) -> None:
        newest_ms, oldest_ms = self._newest_ms, min(charge.at_ms for charge in shown.page.values())
        if newest_ms is not None:
            self.hidden |= {
                number: at_ms
                for number, at_ms in shown.hidden.items()
                if newest_ms < at_ms < oldest_ms and number not in self.stored
            }
        self.stored |= shown.page
        for number in shown.page:
            self.hidden.pop(number, None)
        self._newest_ms = max(newest_ms or 0, *(charge.at_ms for charge in shown.page.values()))

    def _difference(self, found: dict[int, Charge]) -> str:
        wanted = self._after(self._acknowledged)
        lost = sorted(wanted.keys() - found.keys())[:5]
        alien = sorted(found.keys() - self._after(self.shown).keys())[:5]
        return f"acknowledged and lost: {lost}; never shown: {alien}; else answers are there in part"

    def _written_ns(self) -> int:
        return self._history.stat().st_mtime_ns
