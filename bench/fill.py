"""Owns the figures of the store: filling it, a poll into a full one, and what a record takes on disk."""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench.charges import FIRST_ID, answers
from bench.figures import show
from domain.records import Answer, Record
from storage import files
from storage.store import opened

_PAGE: Final = 20_000


async def measure(data_dir: Path, records: list[Record], now_ms: int) -> None:
    """Fill a new store in `data_dir` by polls of 20,000."""
    files.prepare(data_dir)
    with opened(data_dir) as store:
        spent_s = 0.0
        for answer in answers(records, _PAGE):
            start = time.perf_counter()
            await store.history.apply(answer, now_ms)
            spent_s += time.perf_counter() - start
        show("filling in by polls of 20,000, the store's part", len(records) / spent_s, "records/s", ">= 100000")
        show("on disk", store.history.size_bytes() / len(records), "B/record", "<= 150")


class PollsOfTwenty:
    """Answers of 20 records of which 3 are new, as a poll a minute would bring them."""

    def __init__(self, records: Sequence[Record], now_ms: int) -> None:
        self._shown = list(records[-20:])
        self._next_id = FIRST_ID * 2
        self._next_ms = now_ms

    def next(self) -> Answer:
        """Return the next answer."""
        for _ in range(3):
            self._next_id += 1
            self._next_ms += 1
            self._shown.append(Record(self._next_id, self._shown[-1].model, 5_000_000, self._next_ms))
        self._shown = self._shown[-20:]
        return Answer(self._shown[::-1], 20, self._shown[0].created_ms, self._shown[-1].created_ms)


def median_ms(runs: int, work: Callable[[], float]) -> float:
    """Return the median of the milliseconds that `work` returns."""
    return statistics.median(work() for _ in range(runs))
