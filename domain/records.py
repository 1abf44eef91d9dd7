"""Owns the record of one charge and what one answer of the relay amounts to.

Parsing an answer is the poller's, bytes on disk are the store's.
"""

from typing import Final

from msgspec import Struct

MAX_ID: Final = 2**53 - 1
"""The largest identity taken: what JavaScript holds exactly."""

MAX_MODEL_LENGTH: Final = 200
"""The longest model name taken, in characters."""

MAX_TIME_MS: Final = 253_402_214_399_999
"""The latest time taken: a day before the year 9999 ends, for past that there are zones in which no date can say it."""


class Record(Struct, frozen=True, gc=False):
    """One charge: `micros` are millionths of a credit, `created_ms` is UTC epoch milliseconds."""

    id: int
    model: str
    micros: int
    created_ms: int


class Answer(Struct, frozen=True):
    """What one answer of the relay holds.

    `records` are those that count, in any order, each id once. `fetched` counts all that were in the answer.
    `oldest_ms` and `newest_ms` span everything dated in it, whether it counts or not; both are None where nothing was.
    `sent_ms` is what the relay's clock showed when it answered, None where it did not say.
    """

    records: list[Record]
    fetched: int
    oldest_ms: int | None
    newest_ms: int | None
    malformed: int = 0
    sent_ms: int | None = None

    @property
    def matched(self) -> int:
        """How many of the answer's records count."""
        return len(self.records)

    @property
    def told_ms(self) -> int | None:
        """The latest moment that the relay speaks of, its own time of answering included; None for none."""
        return max((ms for ms in (self.sent_ms, self.newest_ms) if ms is not None), default=None)


class Gap(Struct, frozen=True):
    """A stretch of time about which nothing is known: after `from_ms`, before `to_ms`."""

    from_ms: int
    to_ms: int


class Stored(Struct, frozen=True):
    """What one answer changed in the store, once committed.

    `records` are those that are new or have changed, oldest first; `added` counts the new ones.
    `cursor` is the store's after the commit.
    """

    records: list[Record]
    added: int
    cursor: str
    gaps_changed: bool = False


class ModelTotal(Struct, frozen=True):
    """The sum of a model's charges over some stretch; `latest_ms` is the time of the last of them."""

    model: str
    micros: int
    requests: int
    latest_ms: int


class Series(Struct, frozen=True):
    """A model's charges summed into buckets: `(start_ms, micros, requests)` for each that holds any, oldest first."""

    model: str
    points: list[tuple[int, int, int]]


class Sums(Struct, frozen=True):
    """A window summed. `totals` and `series` agree to the millionth and are ordered by amount, largest first."""

    totals: list[ModelTotal]
    series: list[Series]


class Since(Struct, frozen=True):
    """Records stored after a cursor, in the order of their time, and the cursor that stands behind them.

    `more` says that there are others behind that cursor.
    """

    records: list[Record]
    cursor: str
    more: bool


class UsageSummary(Struct, frozen=True):
    """The store at a glance: how much there is, how far it has got, its newest record, its newest gaps."""

    records: int
    cursor: str
    latest: Record | None
    gaps: list[Gap]
