"""Owns the usage history: what is taken in, read, summed and let go, and the summary of it that costs nothing.

The layout is `codec`'s, what an answer changes is `intake`'s, reading is `view`'s.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from domain.cursor import Cursor
from domain.records import Answer, ModelTotal, Record, Stored, UsageSummary
from storage import cells, codec, gaps
from storage.environment import Environment, Transaction
from storage.intake import NEWEST_SEEN_KEY, SEQUENCE_KEY, Change, Intake
from storage.schema import store_id
from storage.settings import Settings
from storage.view import View

T = TypeVar("T")

_DAY_MS: Final = 86_400_000
_SUMMARY_GAPS: Final = 100
_PRUNE_BATCH: Final = 5_000


class History:
    """The records of one store. Every method that waits raises StorageError and then has changed nothing."""

    def __init__(self, environment: Environment, settings: Settings) -> None:
        self._environment = environment
        self._tables = environment.tables
        self._settings = settings
        self._store_id = environment.read_now(lambda t: store_id(t, environment.tables), "read the history")
        self._names = environment.read_now(self._read_names, "read the history")
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._summary = environment.read_now(self._summarise, "read the history")
        self._lifetime = environment.read_now(self._read_lifetime, "read the history")
        self._told_ms = environment.read_now(self._read_newest_seen, "read the history")

    async def apply(self, answer: Answer, now_ms: int) -> Stored:
        """Store what is new or changed, in one transaction; return once it is on the disk.

        Records that retention would remove at once are left out.
        """
        told_ms = answer.told_ms
        if answer.sent_ms is None:
            # Its newest record says that it is at least so late; an answer before may have said more.
            told_ms = max((ms for ms in (told_ms, self._told_ms) if ms is not None), default=None)
        keep_from_ms = self._cutoff_ms(now_ms, told_ms)

        def work(transaction: Transaction) -> tuple[Change, UsageSummary] | None:
            change = Intake(transaction, self._tables, dict(self._numbers)).take(answer, keep_from_ms, now_ms)
            if change is None:
                transaction.abort()
                return None
            return change, self._summarise(transaction)

        def commit() -> Stored:
            outcome = self._environment.write_now(work, "store the new records")
            self._told_ms = told_ms
            if outcome is None:
                return Stored([], 0, self._summary.cursor)
            change, self._summary = outcome
            self._numbers |= {name: number for number, name in enumerate(change.new_models, len(self._names))}
            self._names = [*self._names, *change.new_models]
            self._lifetime = self._lifetime_after(change)
            return Stored(change.records, change.added, self._summary.cursor, change.gaps_changed)

        return await self._environment.run_on_writer(commit)

    async def read(self, work: Callable[[View], T]) -> T:
        """Run `work` on a reading thread, in one transaction, and return what it returns."""

        def within(transaction: Transaction) -> T:
            return work(View(transaction, self._environment, self._names_in(transaction), self._store_id))

        return await self._environment.read(within, "read the history")

    def summary(self) -> UsageSummary:
        """Return the store at a glance, as last committed. Costs nothing."""
        return self._summary

    def lifetime(self) -> list[ModelTotal]:
        """Return the sum of all charges ever stored, by model, in the order in which the models were first seen."""
        return self._lifetime

    def size_bytes(self) -> int:
        """Return what the history takes on disk."""
        return self._environment.size_bytes()

    async def copy(self, path: Path) -> None:
        """Write the history and the settings as they stand to a new file, which LMDB can open."""
        await self._environment.copy(path)

    async def prune(self, now_ms: int) -> int:
        """Let go of what is older than the configuration says; return how many records that were.

        It must be that old by the relay's time, too, as the last answer told it: no wrong clock of this machine may
        cost a record. Whole cells only: a record stays up to four hours longer than it must.
        """
        cutoff_ms = self._cutoff_ms(now_ms, self._told_ms)

        def work(transaction: Transaction) -> tuple[int, UsageSummary] | None:
            removed, gaps_changed = self._prune_batch(transaction, cutoff_ms)
            if not (removed or gaps_changed):
                transaction.abort()
                return None
            return removed, self._summarise(transaction)

        def commit() -> int:
            outcome = self._environment.write_now(work, "remove old records")
            if outcome is None:
                return 0
            removed, self._summary = outcome
            return removed

        pruned = removed = await self._environment.run_on_writer(commit) if cutoff_ms else 0
        while removed >= _PRUNE_BATCH:
            removed = await self._environment.run_on_writer(commit)
            pruned += removed
        return pruned

    def _cutoff_ms(self, now_ms: int, told_ms: int | None) -> int:
        days = self._settings.config.retention_days
        if days is None or told_ms is None:
            return 0
        cutoff_ms = max(0, min(now_ms, told_ms) - days * _DAY_MS)
        return cutoff_ms - cutoff_ms % cells.WIDEST_MS

    def _prune_batch(self, transaction: Transaction, cutoff_ms: int) -> tuple[int, bool]:
        """Remove the oldest records before the cutoff: at least a batch, and whole cells of them.

        Return how many those were, and whether a gap went or was cut with them.
        """
        tables = self._tables
        end_key = codec.time_key(cutoff_ms)
        keys: list[bytes] = []
        until_ms = cutoff_ms
        cursor = transaction.cursor(tables.records)
        found = cursor.first()
        for key, value in cursor.iternext() if found else ():
            if key >= end_key:
                break
            if len(keys) == _PRUNE_BATCH:
                moment = codec.time_of(key)
                until_ms = moment - moment % cells.WIDEST_MS + cells.WIDEST_MS
                end_key = codec.time_key(until_ms)
            keys.append(key)
            transaction.delete(codec.number_key(codec.read_value(value)[2]), db=tables.sequence)
            transaction.delete(key[codec.TIME_BYTES :], db=tables.ids)
        for key in keys:
            transaction.delete(key, db=tables.records)
        cells.drop_before(transaction, tables, until_ms)
        return len(keys), gaps.close(transaction, tables, 0, until_ms)

    def _names_in(self, transaction: Transaction) -> list[str]:
        """Return the models' names by number, as this transaction knows them: another may have just added some."""
        if transaction.stat(self._tables.models)["entries"] == len(self._names):
            return self._names
        return self._read_names(transaction)

    def _read_names(self, transaction: Transaction) -> list[str]:
        return [value.decode() for _, value in transaction.cursor(self._tables.models).iternext()]

    def _read_newest_seen(self, transaction: Transaction) -> int | None:
        seen = transaction.get(NEWEST_SEEN_KEY, db=self._tables.meta)
        return None if seen is None else codec.time_of(seen)

    def _summarise(self, transaction: Transaction) -> UsageSummary:
        tables = self._tables
        sequence = codec.read_number(transaction.get(SEQUENCE_KEY, b"", db=tables.meta))
        cursor = transaction.cursor(tables.records)
        latest: Record | None = None
        if cursor.last():
            latest = codec.read_record(cursor.key(), cursor.value(), self._names_in(transaction))
        return UsageSummary(
            records=transaction.stat(tables.records)["entries"],
            cursor=Cursor(self._store_id, sequence).text,
            latest=latest,
            gaps=gaps.newest(transaction, tables, _SUMMARY_GAPS),
        )

    def _lifetime_after(self, change: Change) -> list[ModelTotal]:
        after = list(self._lifetime)
        for number, (requests, micros, latest_ms) in sorted(change.lifetime.items()):
            after[number : number + 1] = [ModelTotal(self._names[number], micros, requests, latest_ms)]
        return after

    def _read_lifetime(self, transaction: Transaction) -> list[ModelTotal]:
        totals = []
        rows = transaction.cursor(self._tables.lifetime).iternext()
        for name, (_, value) in zip(self._names_in(transaction), rows, strict=True):
            requests, micros, latest_ms = codec.read_lifetime(value)
            totals.append(ModelTotal(name, micros, requests, latest_ms))
        return totals
