"""Owns the books that the test keeps of what the relay has shown: each charge, each change in its order, each hole.

They are kept in plain Python, from the bytes that left the relay; what the program makes of them is the program's.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from tests.torture.week.charges import Charge, Row

Stretch: TypeAlias = tuple[int, int]


class Ledger:
    """What a program that misses nothing must know."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.changes: list[tuple[int, Row]] = []
        self.answers = 0
        self.let_go_ms = 0
        """Up to when what was shown for the first time may have been too old to be kept."""
        self._covered: list[Stretch] = []

    @property
    def newest_ms(self) -> int:
        """Up to when all has been shown, or stands in a hole."""
        return self._covered[-1][1] if self._covered else 0

    @property
    def oldest_ms(self) -> int:
        """Where what was ever shown begins; what lies before is nobody's to know of."""
        return self._covered[0][0] if self._covered else 0

    def show(self, page: list[Charge], keep_from_ms: int) -> None:
        """Take in an answer, which holds `page`, oldest first; what is older than `keep_from_ms` is not for keeping."""
        self.answers += 1
        self.let_go_ms = max(self.let_go_ms, keep_from_ms)
        for charge in page:
            row = charge.row
            if row is not None and row.created_ms >= keep_from_ms and self.rows.get(charge.id) != row:
                self.rows[charge.id] = row
                self.changes.append((charge.id, row))
        if page:
            self._cover(page[0].created_ms, page[-1].created_ms)

    def between(self, from_ms: int, to_ms: int) -> Iterator[Row]:
        """Yield the charges of a window, in no order."""
        return (row for row in self.rows.values() if from_ms <= row.created_ms < to_ms)

    def holes(self, from_ms: int) -> list[Stretch]:
        """Return the stretches that no answer has covered, from `from_ms` on, oldest first."""
        pairs = zip(self._covered, self._covered[1:], strict=False)
        return [(max(end, from_ms), start) for (_, end), (start, _) in pairs if start > from_ms]

    def unseen(self, charges: Iterable[Charge]) -> list[Charge]:
        """Return those that count and were never shown."""
        return [charge for charge in charges if charge.row is not None and charge.id not in self.rows]

    def _cover(self, from_ms: int, to_ms: int) -> None:
        """Note that all is known in a stretch. Answers come in order, so only the last ones can touch it."""
        while self._covered and self._covered[-1][1] >= from_ms:
            start, end = self._covered.pop()
            from_ms, to_ms = min(start, from_ms), max(end, to_ms)
        self._covered.append((from_ms, to_ms))
