"""Owns the figures of the store: filling it, and what a record takes on disk."""

import time
from pathlib import Path
from typing import Final

from bench.charges import answers
from bench.figures import show
from domain.records import Record
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
