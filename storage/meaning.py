"""Owns the question whether what a history holds adds up: indexes and sums are made of its records, and must be theirs.

Whether its pages are sound is `pages`'.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

import lmdb

from storage import codec
from storage.cells import Entries, merge, summed_up
from storage.environment import CELL_WIDTHS_MS, Item, Tables, Transaction
from storage.intake import SEQUENCE_KEY
from storage.schema import store_id
from storage.settings import read_settings

_PIECE: Final = 500
_STORE_ID: Final = re.compile("[0-9a-z]{1,40}")


class ContradictionError(Exception):
    """Something does not add up; the message completes "it is damaged: …"."""


def ensure_meaning(env: lmdb.Environment, transaction: Transaction) -> None:
    """Read everything that a database of this layout holds. Raises ContradictionError at the first that is wrong.

    Takes some seconds for a million records.
    """
    try:
        tables = Tables()
        tables.open(env, transaction, create=False)
    except lmdb.Error as error:
        raise ContradictionError("a table is missing") from error
    for what, ensure in _PARTS.items():
        try:
            ensure(transaction, tables)
        except codec.NONSENSE as error:
            raise ContradictionError(f"{what} cannot be read") from error


def _ensure_identity(transaction: Transaction, tables: Tables) -> None:
    if not _STORE_ID.fullmatch(store_id(transaction, tables)):
        raise ContradictionError("the store has no identity")


def _ensure_settings(transaction: Transaction, tables: Tables) -> None:
    read_settings(transaction, tables)


def _ensure_gaps(transaction: Transaction, tables: Tables) -> None:
    known_until_ms = 0
    for key, value in transaction.cursor(tables.gaps).iternext():
        gap = codec.read_gap(key, value)
        if not known_until_ms <= gap.from_ms < gap.to_ms:
            raise ContradictionError("gaps lie over one another")
        known_until_ms = gap.to_ms


def _ensure_records(transaction: Transaction, tables: Tables) -> None:
    """Hold to the records all that is made of them."""
    names = [name.decode() for _, name in _numbered(transaction, tables.models)]
    if len(set(names)) != len(names):
        raise ContradictionError("a model has two numbers")
    counts = {transaction.stat(table)["entries"] for table in (tables.records, tables.ids, tables.sequence)}
    if len(counts) > 1:
        raise ContradictionError("there are more or fewer records than their indexes say")
    lifetime: Entries = {}
    levels = _levels(transaction, tables, lifetime)
    last = codec.read_number(transaction.get(SEQUENCE_KEY, b"", db=tables.meta))
    items = transaction.cursor(tables.records).iternext()
    while piece := list(islice(items, _PIECE)):
        charges = [(codec.time_of(key), *codec.read_value(value)) for key, value in piece]
        if max(number for _, number, _, _ in charges) >= len(names):
            raise ContradictionError("a record is of no model")
        by_id = [(key[codec.TIME_BYTES :], key[: codec.TIME_BYTES]) for key, _ in piece]
        by_sequence = [
            (codec.number_key(sequence), key) for (key, _), (*_, sequence) in zip(piece, charges, strict=True)
        ]
        if transaction.cursor(tables.ids).getmulti([key for key, _ in by_id]) != by_id:
            raise ContradictionError("a record is not where its index says")
        if transaction.cursor(tables.sequence).getmulti([key for key, _ in by_sequence]) != by_sequence:
            raise ContradictionError("a record is not in the order of changes")
        if max(sequence for *_, sequence in charges) > last:
            raise ContradictionError("a record is newer than the newest")
        for start_ms, entries in summed_up((ms, model, micros) for ms, model, micros, _ in charges).items():
            levels.add(start_ms, entries)
    levels.close()
    _ensure_lifetime(transaction, tables, lifetime, len(names))


def _ensure_lifetime(transaction: Transaction, tables: Tables, counted: Entries, models: int) -> None:
    """Hold what is kept of all charges ever to those that are still there: it may be more, by what was let go."""
    rows = list(_numbered(transaction, tables.lifetime))
    if len(rows) != models:
        raise ContradictionError("there are more or fewer models than sums of them")
    for number, value in rows:
        sums = codec.read_lifetime(value)
        if any(kept < there for kept, there in zip(sums, counted.get(number, (0, 0, 0)), strict=True)):
            raise ContradictionError("the sum of a model is less than its records")


def _numbered(transaction: Transaction, table: "lmdb._Database") -> Iterator[tuple[int, bytes]]:
    for number, (key, value) in enumerate(transaction.cursor(table).iternext()):
        if key != codec.number_key(number):
            raise ContradictionError("the models are not numbered one after the other")
        yield number, value


class _Level:
    """The sums of one width as the records make them, compared with those that are stored, in the order of time."""

    def __init__(self, width_ms: int, stored: Iterator[Item], pass_on: Callable[[int, Entries], None]) -> None:
        self._width_ms = width_ms
        self._stored = stored
        self._pass_on = pass_on
        self._start_ms = -1
        self._entries: Entries = {}

    def add(self, ms: int, entries: Entries) -> None:
        offset = ms % self._width_ms
        if ms - offset != self._start_ms:
            self._compare()
            self._start_ms, self._entries = ms - offset, {}
        merge(self._entries, entries.items(), offset)

    def close(self) -> None:
        self._compare()
        if next(self._stored, None) is not None:
            raise ContradictionError("there is a sum of records that are not there")

    def _compare(self) -> None:
        if self._start_ms < 0:
            return
        entries = ((model, *entry) for model, entry in sorted(self._entries.items()))
        if next(self._stored, None) != (codec.time_key(self._start_ms), codec.cell_value(entries)):
            raise ContradictionError("a sum is not that of its records")
        self._pass_on(self._start_ms, self._entries)


class _Levels:
    """All widths: records go into the finest, and what that has summed up into the next."""

    def __init__(self, levels: list[_Level]) -> None:
        self._levels = levels
        self.add = levels[0].add

    def close(self) -> None:
        for level in self._levels:
            level.close()


def _levels(transaction: Transaction, tables: Tables, lifetime: Entries) -> _Levels:
    def add_up(ms: int, entries: Entries) -> None:
        merge(lifetime, entries.items(), ms)

    levels: list[_Level] = []
    pass_on = add_up
    for width, table in zip(CELL_WIDTHS_MS, tables.cells, strict=True):
        level = _Level(width, transaction.cursor(table).iternext(), pass_on)
        levels.insert(0, level)
        pass_on = level.add
    return _Levels(levels)


_PARTS: Final = {
    "its identity": _ensure_identity,
    "the settings": _ensure_settings,
    "a gap": _ensure_gaps,
    "a record": _ensure_records,
}
