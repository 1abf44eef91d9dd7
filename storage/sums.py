"""Owns the summing of a window: from the widest cells that fit, down to single records where one is cut.

So a year is a few thousand reads, and yet exact to the millisecond of its ends and of every bucket's.
"""

from bisect import bisect_left

from domain.records import ModelTotal, Series, Sums
from domain.windows import Buckets, Window
from storage import codec
from storage.environment import CELL_WIDTHS_MS, Environment, Transaction


def summed(
    transaction: Transaction,
    environment: Environment,
    names: list[str],
    window: Window,
    buckets: Buckets | None,
    models: frozenset[str] | None,
) -> Sums:
    """Return the window summed by model, and by bucket where `buckets` are given; of `models` only, unless None."""
    walk = _Walk(transaction, environment, window, buckets)
    walk.gather(_first_level(buckets), window.from_ms, window.to_ms)
    kept = [n for n in walk.totals if models is None or names[n] in models]
    kept.sort(key=lambda number: (-walk.totals[number][0], names[number]))
    return Sums(
        totals=[ModelTotal(names[number], *walk.totals[number]) for number in kept],
        series=[Series(names[n], [(b, m, r) for b, m, r in walk.points[n]]) for n in kept if buckets is not None],
    )


def _first_level(buckets: Buckets | None) -> int:
    """Return the widest level whose cells can lie inside one bucket."""
    if buckets is None:
        return 0
    return bisect_left([-width for width in CELL_WIDTHS_MS], -buckets.size_s * 1000)


class _Walk:
    """A pass over the window in the order of time. What it gathers is by model number."""

    def __init__(
        self, transaction: Transaction, environment: Environment, window: Window, buckets: Buckets | None
    ) -> None:
        self.totals: dict[int, list[int]] = {}
        self.points: dict[int, list[list[int]]] = {}
        self._transaction = transaction
        self._environment = environment
        self._tables = environment.tables
        self._buckets = buckets
        # The bucket that the walk is in, and until when it surely is; without buckets the window is one.
        self._bucket_ms = window.from_ms
        self._until_ms = window.to_ms if buckets is None else window.from_ms

    def gather(self, level: int, start_ms: int, end_ms: int) -> None:
        """Add what lies in the stretch, which is within the window, from the cells of `level` and finer."""
        if level == len(CELL_WIDTHS_MS):
            self._gather_records(start_ms, end_ms)
            return
        width = CELL_WIDTHS_MS[level]
        cursor = self._transaction.cursor(self._tables.cells[level])
        end_key = codec.time_key(end_ms)
        found = cursor.set_range(codec.time_key(start_ms - start_ms % width))
        for key, value in cursor.iternext() if found else ():
            if key >= end_key:
                break
            cell_ms = codec.time_of(key)
            cell_end_ms = cell_ms + width
            if cell_ms < start_ms or cell_end_ms > end_ms:
                self.gather(level + 1, max(cell_ms, start_ms), min(cell_end_ms, end_ms))
                continue
            if cell_ms >= self._until_ms:
                self._enter(cell_ms)
            if cell_end_ms <= self._until_ms:
                self._add_cell(value, cell_ms)
            else:
                self.gather(level + 1, cell_ms, cell_end_ms)

    def _gather_records(self, start_ms: int, end_ms: int) -> None:
        cursor = self._transaction.cursor(self._tables.records)
        end_key = codec.time_key(end_ms)
        found = cursor.set_range(codec.time_key(start_ms))
        for key, value in self._environment.walk(cursor.iternext()) if found else ():
            if key >= end_key:
                break
            created_ms = codec.time_of(key)
            if created_ms >= self._until_ms:
                self._enter(created_ms)
            model, micros, _ = codec.read_value(value)
            self._add(model, 1, micros, created_ms)

    def _enter(self, ms: int) -> None:
        if self._buckets is not None:
            self._bucket_ms, self._until_ms = self._buckets.reach_of(ms)

    def _add_cell(self, value: bytes, cell_ms: int) -> None:
        for model, requests, micros, latest in codec.read_cell(value):
            self._add(model, requests, micros, cell_ms + latest)

    def _add(self, model: int, requests: int, micros: int, latest_ms: int) -> None:
        total = self.totals.get(model)
        if total is None:
            self.totals[model] = [micros, requests, latest_ms]
            self.points[model] = [[self._bucket_ms, micros, requests]]
            return
        total[0] += micros
        total[1] += requests
        total[2] = latest_ms  # the walk goes forward in time
        point = self.points[model][-1]
        if point[0] == self._bucket_ms:
            point[1] += micros
            point[2] += requests
        else:
            self.points[model].append([self._bucket_ms, micros, requests])
