"""Owns the table of gaps: which there are, and what becomes of them when more is known, or less.

They lie apart from each other. What is known, and when something is missing, is `intake`'s.
"""

from domain import gaps
from domain.records import Gap
from storage import codec
from storage.environment import Tables, Transaction


def touching(transaction: Transaction, tables: Tables, from_ms: int, to_ms: int) -> list[Gap]:
    """Return the gaps that touch the stretch, whole, oldest first."""
    start_key, end_key = codec.time_key(from_ms), codec.time_key(to_ms)
    cursor = transaction.cursor(tables.gaps)
    found: list[Gap] = []
    # As they lie apart, none but the last that starts before the stretch can reach into it.
    if cursor.prev() if cursor.set_range(start_key) else cursor.last():
        found.append(codec.read_gap(cursor.key(), cursor.value()))
    within = cursor.set_range(start_key)
    for key, value in cursor.iternext() if within else ():
        if key >= end_key:
            break
        found.append(codec.read_gap(key, value))
    return gaps.within(found, from_ms, to_ms)


def newest(transaction: Transaction, tables: Tables, count: int) -> list[Gap]:
    """Return the last `count` gaps, oldest first."""
    found: list[Gap] = []
    cursor = transaction.cursor(tables.gaps)
    for key, value in cursor.iterprev() if cursor.last() else ():
        if len(found) == count:
            break
        found.append(codec.read_gap(key, value))
    found.reverse()
    return found


def close(transaction: Transaction, tables: Tables, from_ms: int, to_ms: int) -> bool:
    """Take out what lies between: it is known now. Return whether that changed anything."""
    before = touching(transaction, tables, from_ms, to_ms)
    _replace(transaction, tables, before, gaps.without(before, from_ms, to_ms))
    return bool(before)


def open_one(transaction: Transaction, tables: Tables, from_ms: int, to_ms: int) -> bool:
    """Add a gap, which takes in those that it touches. Return whether that changed anything."""
    before = touching(transaction, tables, from_ms, to_ms)
    gap = Gap(min([from_ms, *(gap.from_ms for gap in before)]), max([to_ms, *(gap.to_ms for gap in before)]))
    _replace(transaction, tables, before, [gap])
    return before != [gap]


def _replace(transaction: Transaction, tables: Tables, before: list[Gap], after: list[Gap]) -> None:
    for gap in before:
        transaction.delete(codec.time_key(gap.from_ms), db=tables.gaps)
    for gap in after:
        transaction.put(codec.time_key(gap.from_ms), codec.time_key(gap.to_ms), db=tables.gaps)
