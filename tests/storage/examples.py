"""Records and answers that tests of the store are made of."""

from collections.abc import Iterable

from domain.records import Answer, Record
from domain.windows import Window
from storage.store import Store
from storage.view import View

START_MS = 1_756_128_000_000
ALWAYS = Window(0, 253_402_300_800_000)
NOW_MS = START_MS + 86_400_000


def record(number: int, *, after_ms: int | None = None, micros: int = 5_000_000, model: str = "opus") -> Record:
    """Return a record `after_ms` (a minute per number, unless said otherwise) behind the start."""
    return Record(number, model, micros, START_MS + (number * 60_000 if after_ms is None else after_ms))


def answer(
    records: Iterable[Record],
    *,
    oldest_ms: int | None = None,
    newest_ms: int | None = None,
    sent_ms: int | None = None,
) -> Answer:
    """Return the answer that holds just these, newest first, as the relay would give them."""
    ordered = sorted(records, key=lambda r: (r.created_ms, r.id), reverse=True)
    times = [r.created_ms for r in ordered]
    return Answer(
        ordered,
        len(ordered),
        oldest_ms if oldest_ms is not None else min(times, default=None),
        newest_ms if newest_ms is not None else max(times, default=None),
        sent_ms=sent_ms,
    )


async def everything(store: Store) -> list[Record]:
    """Return all records of the store."""

    def read(view: View) -> list[Record]:
        return list(view.records(ALWAYS))

    return await store.history.read(read)
