"""Owns the sums kept beside the records: for each cell of time, how many charges each model had and of how much.

They change in the transaction that changes the records; `sums` reads them.
"""

from collections.abc import Iterable
from typing import Final

from storage import codec
from storage.environment import CELL_WIDTHS_MS, Tables, Transaction

WIDEST_MS: Final = CELL_WIDTHS_MS[0]
_FINEST_MS: Final = CELL_WIDTHS_MS[-1]

Charge = tuple[int, int, int]
"""`(created_ms, model number, micros)`"""

Entries = dict[int, tuple[int, int, int]]
"""A cell as it is worked on: `(requests, micros, latest offset)` by model number."""


def add(transaction: Transaction, tables: Tables, charges: Iterable[Charge]) -> None:
    """Add charges to the cells that they fall into."""
    finest = summed_up(charges)
    for width, table in zip(CELL_WIDTHS_MS, tables.cells, strict=True):
        for start, entries in _gathered(finest, width).items():
            key = codec.time_key(start)
            stored = transaction.get(key, db=table)
            if stored is not None:
                merge(entries, ((model, rest) for model, *rest in codec.read_cell(stored)), 0)
            transaction.put(key, _value(entries), db=table)


def summed_up(charges: Iterable[Charge]) -> dict[int, Entries]:
    """Return the finest cells of these charges alone, by their start."""
    finest: dict[int, Entries] = {}
    for created_ms, model, micros in charges:
        offset = created_ms % _FINEST_MS
        entries = finest.setdefault(created_ms - offset, {})
        requests, total, latest = entries.get(model, (0, 0, 0))
        entries[model] = requests + 1, total + micros, max(latest, offset)
    return finest


def rebuild(transaction: Transaction, tables: Tables, moments: Iterable[int]) -> None:
    """Sum the cells that hold any of these moments anew: something in them was taken away.

    The finest from the records, each wider one from the finer ones in it: a crowded one would take long otherwise.
    """
    starts = set(moments)
    finer = tables.records
    for width, table in zip(reversed(CELL_WIDTHS_MS), reversed(tables.cells), strict=True):
        starts = {start - start % width for start in starts}
        for start in starts:
            entries: Entries = {}
            end_key = codec.time_key(start + width)
            cursor = transaction.cursor(finer)
            found = cursor.set_range(codec.time_key(start))
            for key, value in cursor.iternext() if found else ():
                if key >= end_key:
                    break
                offset = codec.time_of(key) - start
                if finer is tables.records:
                    model, micros, _ = codec.read_value(value)
                    merge(entries, [(model, (1, micros, 0))], offset)
                else:
                    merge(entries, ((model, rest) for model, *rest in codec.read_cell(value)), offset)
            if entries:
                transaction.put(codec.time_key(start), _value(entries), db=table)
            else:
                transaction.delete(codec.time_key(start), db=table)
        finer = table


def drop_before(transaction: Transaction, tables: Tables, cutoff_ms: int) -> None:
    """Remove the cells that end by `cutoff_ms`, a multiple of `WIDEST_MS`."""
    end_key = codec.time_key(cutoff_ms)
    for table in tables.cells:
        cursor = transaction.cursor(table)
        while cursor.first() and cursor.key() < end_key:
            cursor.delete()


def merge(into: Entries, entries: Iterable[tuple[int, Iterable[int]]], offset: int) -> None:
    """Add entries, whose last charges are `offset` further from the start of `into` than from that of their own."""
    for model, (requests, micros, latest) in entries:
        known_requests, known_micros, known_latest = into.get(model, (0, 0, 0))
        into[model] = known_requests + requests, known_micros + micros, max(known_latest, latest + offset)


def _gathered(finest: dict[int, Entries], width: int) -> dict[int, Entries]:
    gathered: dict[int, Entries] = {}
    for start, entries in finest.items():
        offset = start % width
        merge(gathered.setdefault(start - offset, {}), entries.items(), offset)
    return gathered


def _value(entries: Entries) -> bytes:
    return codec.cell_value((model, *entry) for model, entry in sorted(entries.items()))
