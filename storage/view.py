"""Owns the reading of the history at one moment: every method of a view sees the same commit.

Summing is `sums`'; who asks, on which thread, is `history`'s.
"""

from collections.abc import Iterator

from domain.cursor import Cursor, cursor_from_text
from domain.records import Gap, Record, Since, Sums
from domain.windows import Buckets, Window
from storage import codec, gaps
from storage.environment import Environment, Transaction
from storage.intake import SEQUENCE_KEY
from storage.sums import summed


class View:
    """The history within one read transaction; of no use after it."""

    def __init__(self, transaction: Transaction, environment: Environment, names: list[str], store_id: str) -> None:
        self._transaction = transaction
        self._environment = environment
        self._tables = tables = environment.tables
        self._names = names
        self._store_id = store_id
        self._sequence = codec.read_number(transaction.get(SEQUENCE_KEY, b"", db=tables.meta))

    @property
    def cursor(self) -> str:
        """How far the store has got."""
        return Cursor(self._store_id, self._sequence).text

    def gaps(self, window: Window) -> list[Gap]:
        """Return the gaps that touch the window, oldest first."""
        return gaps.touching(self._transaction, self._tables, window.from_ms, window.to_ms)

    def span(self, window: Window) -> Window | None:
        """Return the window from the first record to just after the last one in `window`, None where it is empty."""
        cursor = self._transaction.cursor(self._tables.records)
        if not cursor.set_range(codec.time_key(window.from_ms)):
            return None
        first_ms = codec.time_of(cursor.key())
        found = cursor.prev() if cursor.set_range(codec.time_key(window.to_ms)) else cursor.last()
        if first_ms >= window.to_ms or not found:
            return None
        return Window(first_ms, codec.time_of(cursor.key()) + 1)

    def records(self, window: Window, models: frozenset[str] | None = None) -> Iterator[Record]:
        """Yield the records of the window, ordered by time and then by id; of `models` only, unless None."""
        cursor = self._transaction.cursor(self._tables.records)
        items = cursor.iternext() if cursor.set_range(codec.time_key(window.from_ms)) else iter(())
        records = codec.read_records(self._environment.walk(items), codec.time_key(window.to_ms), self._names)
        return records if models is None else (record for record in records if record.model in models)

    def sums(self, window: Window, buckets: Buckets | None, models: frozenset[str] | None = None) -> Sums:
        """Return the window summed by model, and into `buckets` where they are given (else no series)."""
        return summed(self._transaction, self._environment, self._names, window, buckets, models)

    def since(self, cursor: str, limit: int) -> Since | None:
        """Return at most `limit` of the records stored after `cursor`, None where the cursor is not this store's."""
        known = cursor_from_text(cursor)
        if known is None or known.store_id != self._store_id or known.sequence > self._sequence:
            return None
        changes = self._transaction.cursor(self._tables.sequence)
        found = changes.set_range(codec.number_key(known.sequence + 1))
        records: list[Record] = []
        last = self._sequence
        more = False
        for number, key in changes.iternext() if found else ():
            if len(records) == limit:
                more = True
                break
            last = codec.read_number(number)
            value = self._transaction.get(key, b"", db=self._tables.records)
            records.append(codec.read_record(key, value, self._names))
        records.sort(key=lambda record: (record.created_ms, record.id))
        return Since(records, Cursor(self._store_id, last if more else self._sequence).text, more)
