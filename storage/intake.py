"""Owns what one answer of the relay does to the tables: new records, changed ones, and what is known to be missing.

It runs inside one write transaction; when that is made and what is told afterwards is `history`'s.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from msgspec import Struct

from domain.records import Answer, Record
from storage import cells, codec, gaps
from storage.environment import Tables, Transaction

SEQUENCE_KEY: Final = b"last-sequence"
NEWEST_SEEN_KEY: Final = b"newest-seen"

_PORTION: Final = 5_000
"""How many records are looked up at once: what is known of 100,000 would take 30 MB."""

_IDENTITY: Final = attrgetter("id")
_MOMENT: Final = attrgetter("created_ms")


class Change(Struct, frozen=True):
    """What an answer changed: the records that are new or differ, oldest first.

    `new_models` are numbered on from those known before; `lifetime` holds, by a model's number, what is now kept of all
    its charges, `(requests, micros, latest_ms)`, for those of which it changed.
    """

    records: list[Record]
    added: int
    gaps_changed: bool
    new_models: list[str]
    lifetime: dict[int, tuple[int, int, int]]


class Intake:
    """One answer on its way into the tables. Throw it away if the transaction is not committed."""

    def __init__(self, transaction: Transaction, tables: Tables, models: dict[str, int]) -> None:
        self._transaction = transaction
        self._tables = tables
        self._models = models
        self._new_models: list[str] = []
        self._lifetime: dict[int, tuple[int, int, int]] = {}

    def take(self, answer: Answer, keep_from_ms: int, now_ms: int) -> Change | None:
        """Store what is new or changed among the records from `keep_from_ms` on; None where nothing needs a write."""
        kept = _oldest_first(record for record in answer.records if record.created_ms >= keep_from_ms)
        # The gap is judged by what was stored before this answer.
        gaps_changed = self._judge_gaps(answer, keep_from_ms)
        seen_changed = self._remember_newest(answer, now_ms)
        added, changed, taken_from = self._sorted_out(kept)
        if not (added or changed or gaps_changed or seen_changed):
            return None
        self._store(added, changed)
        self._sum_up(added, changed, taken_from)
        records = _oldest_first(added + changed) if changed else added
        return Change(records, len(added), gaps_changed, self._new_models, self._lifetime)

    def _sorted_out(self, records: list[Record]) -> tuple[list[Record], list[Record], list[int]]:
        """Return the records that are new, those that differ from what is stored, and when the latter were."""
        added: list[Record] = []
        changed: list[Record] = []
        taken_from: list[int] = []
        for start in range(0, len(records), _PORTION):
            self._sort_out(records[start : start + _PORTION], added, changed, taken_from)
        return added, changed, taken_from

    def _sort_out(
        self, records: list[Record], added: list[Record], changed: list[Record], taken_from: list[int]
    ) -> None:
        tables, transaction = self._tables, self._transaction
        keys = [codec.record_key(record.created_ms, record.id) for record in records]
        stored = dict(transaction.cursor(tables.records).getmulti(keys))
        unknown = [codec.number_key(r.id) for r, key in zip(records, keys, strict=True) if key not in stored]
        moved = dict(transaction.cursor(tables.ids).getmulti(unknown))
        for record, key in zip(records, keys, strict=True):
            value = stored.get(key)
            old_key = key
            if value is None:
                time_key = moved.get(codec.number_key(record.id))
                if time_key is None:
                    added.append(record)
                    continue
                old_key = codec.record_key(codec.time_of(time_key), record.id)
                value = transaction.get(old_key, db=tables.records) or b""
            model, micros, sequence = codec.read_value(value)
            if old_key == key and micros == record.micros and model == self._models.get(record.model):
                continue
            changed.append(record)
            taken_from.append(codec.time_of(old_key))
            transaction.delete(codec.number_key(sequence), db=tables.sequence)
            transaction.delete(old_key, db=tables.records)
            self._add_lifetime(model, -1, -micros, 0)

    def _store(self, added: list[Record], changed: list[Record]) -> None:
        """Write the records under the next sequence numbers."""
        tables, transaction = self._tables, self._transaction
        sequence = codec.read_number(transaction.get(SEQUENCE_KEY, b"", db=tables.meta))
        records, by_sequence, by_id = [], [], []
        for record in added + changed:
            sequence += 1
            key = codec.record_key(record.created_ms, record.id)
            records.append((key, codec.record_value(self._number(record.model), record.micros, sequence)))
            by_sequence.append((codec.number_key(sequence), key))
            by_id.append((codec.number_key(record.id), codec.time_key(record.created_ms)))
        transaction.cursor(tables.records).putmulti(records)
        transaction.cursor(tables.sequence).putmulti(by_sequence)
        transaction.cursor(tables.ids).putmulti(by_id)
        if records:
            transaction.put(SEQUENCE_KEY, codec.number_key(sequence), db=tables.meta)

    def _sum_up(self, added: list[Record], changed: list[Record], taken_from: list[int]) -> None:
        models = self._models
        totals: dict[int, tuple[int, int, int]] = {}
        for record in added + changed:
            model = models[record.model]
            requests, micros, latest_ms = totals.get(model, (0, 0, 0))
            totals[model] = requests + 1, micros + record.micros, max(latest_ms, record.created_ms)
        for model, total in totals.items():
            self._add_lifetime(model, *total)
        charges = ((record.created_ms, models[record.model], record.micros) for record in added)
        cells.add(self._transaction, self._tables, charges)
        if changed:
            cells.rebuild(self._transaction, self._tables, [*taken_from, *(record.created_ms for record in changed)])

    def _add_lifetime(self, model: int, requests: int, micros: int, latest_ms: int) -> None:
        key = codec.number_key(model)
        stored = self._transaction.get(key, db=self._tables.lifetime)
        if stored is not None:
            known_requests, known_micros, known_latest = codec.read_lifetime(stored)
            requests, micros, latest_ms = requests + known_requests, micros + known_micros, max(latest_ms, known_latest)
        self._lifetime[model] = requests, micros, latest_ms
        self._transaction.put(key, codec.lifetime_value(requests, micros, latest_ms), db=self._tables.lifetime)

    def _number(self, name: str) -> int:
        number = self._models.get(name)
        if number is None:
            number = self._models[name] = len(self._models)
            self._new_models.append(name)
            self._transaction.put(codec.number_key(number), name.encode(), db=self._tables.models)
        return number

    def _judge_gaps(self, answer: Answer, keep_from_ms: int) -> bool:
        """Close the gaps that the answer covers, and open one where it does not reach back to what was known before."""
        if answer.oldest_ms is None or answer.newest_ms is None:
            return False
        changed = gaps.close(self._transaction, self._tables, answer.oldest_ms, answer.newest_ms)
        known_ms = self._newest_known(answer.newest_ms)
        if known_ms is not None and max(known_ms, keep_from_ms) < answer.oldest_ms:
            known_ms = max(known_ms, keep_from_ms)
            changed |= gaps.open_one(self._transaction, self._tables, known_ms, answer.oldest_ms)
        return changed

    def _newest_known(self, until_ms: int) -> int | None:
        """Return the newest moment up to `until_ms` that is known: a record's, or the end of an answer before.

        Moments after `until_ms` say nothing: the relay has taken them back, or its clock was wrong.
        """
        cursor = self._transaction.cursor(self._tables.records)
        beyond = cursor.set_range(codec.time_key(until_ms + 1))
        found = cursor.prev() if beyond else cursor.last()
        record_ms = codec.time_of(cursor.key()) if found else None
        seen = self._transaction.get(NEWEST_SEEN_KEY, db=self._tables.meta)
        seen_ms = codec.time_of(seen) if seen is not None else None
        return max((ms for ms in (record_ms, seen_ms) if ms is not None and ms <= until_ms), default=None)

    def _remember_newest(self, answer: Answer, now_ms: int) -> bool:
        if answer.newest_ms is None:
            return False
        seen = self._transaction.get(NEWEST_SEEN_KEY, db=self._tables.meta)
        # An answer from before the last one makes nothing unknown; only a moment of the future was never true.
        if seen is not None and (
            answer.newest_ms == codec.time_of(seen) or answer.newest_ms < codec.time_of(seen) <= now_ms
        ):
            return False
        self._transaction.put(NEWEST_SEEN_KEY, codec.time_key(answer.newest_ms), db=self._tables.meta)
        return True


def _oldest_first(records: Iterable[Record]) -> list[Record]:
    # Sorted twice by what is there already: keys of both would be as many objects more as there are records.
    return sorted(sorted(records, key=_IDENTITY), key=_MOMENT)
