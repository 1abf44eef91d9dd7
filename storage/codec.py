"""Owns the bytes: how keys and values lie in LMDB. No other file packs or unpacks one.

Keys are big-endian, so that LMDB's order is the order of time, of identities and of changes. Fixed widths only.
A change here is a change of `storage.schema.VERSION` and wants a migration.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from struct import Struct
from struct import error as wrong_length
from typing import Final

import msgspec

from domain.records import Gap, Record
from domain.settings import Config

_KEY: Final = Struct(">HIQ")
_PIECE: Final = 500
TIME_BYTES: Final = 6
_VALUE: Final = Struct("<IqQ")
_ENTRY: Final = Struct("<IIqI")
_LIFETIME: Final = Struct("<Qqq")

MAX_SUM_MICROS: Final = 2**63 - 1

NONSENSE: Final = (wrong_length, LookupError, ValueError)
"""What reading raises where bytes are not what was written: too long or short, of no model, no text."""

CellEntry = tuple[int, int, int, int]
"""A model's sum in a cell: `(model number, requests, micros, milliseconds from cell start to last charge)`."""


def time_key(created_ms: int) -> bytes:
    """Return what every key of a record of that moment begins with, and the whole key of a cell that starts there."""
    return created_ms.to_bytes(TIME_BYTES, "big")


def time_of(key: bytes) -> int:
    """Return the moment that a record's or a cell's key begins with."""
    return int.from_bytes(key[:TIME_BYTES], "big")


def record_key(created_ms: int, record_id: int) -> bytes:
    """Return the key of a record: its time, then its identity."""
    return _KEY.pack(created_ms >> 32, created_ms & 0xFFFFFFFF, record_id)


def record_value(model: int, micros: int, sequence: int) -> bytes:
    """Return the value of a record; `model` is its number, `sequence` that of its last change."""
    return _VALUE.pack(model, micros, sequence)


def read_value(value: bytes) -> tuple[int, int, int]:
    """Return `(model number, micros, sequence)`."""
    return _VALUE.unpack(value)


def read_record(key: bytes, value: bytes, names: list[str]) -> Record:
    """Return the record; `names` holds the models' names by number."""
    high, low, record_id = _KEY.unpack(key)
    model, micros, _ = _VALUE.unpack(value)
    return Record(record_id, names[model], micros, high << 32 | low)


def read_records(items: Iterator[tuple[bytes, bytes]], end_key: bytes, names: list[str]) -> Iterator[Record]:
    """Return an iterator over the records of `items`, which come in order, until `end_key` is reached."""
    return chain.from_iterable(_record_pieces(items, end_key, names))


def _record_pieces(items: Iterator[tuple[bytes, bytes]], end_key: bytes, names: list[str]) -> Iterator[list[Record]]:
    # In pieces, for this is what a large answer spends its time on: a comprehension does in one step what a generator
    # is resumed for.
    read_key, read = _KEY.unpack, _VALUE.unpack
    while piece := list(islice(items, _PIECE)):
        ended = piece[-1][0] >= end_key
        yield [
            Record(record_id, names[model], micros, high << 32 | low)
            for key, value in (piece if not ended else [item for item in piece if item[0] < end_key])
            for high, low, record_id in (read_key(key),)
            for model, micros, _ in (read(value),)
        ]
        if ended:
            return


def number_key(number: int) -> bytes:
    """Return the key made of a number: a sequence, an identity, a model."""
    return number.to_bytes(8, "big")


def read_number(data: bytes) -> int:
    """Return the number that a key or a value is made of."""
    return int.from_bytes(data, "big")


def cell_value(entries: Iterable[CellEntry]) -> bytes:
    """Return the value of a cell. Raises OverflowError where a sum passes `MAX_SUM_MICROS`."""
    parts = []
    for model, requests, micros, latest in entries:
        if micros > MAX_SUM_MICROS:
            raise OverflowError(micros)
        parts.append(_ENTRY.pack(model, requests, micros, latest))
    return b"".join(parts)


def read_cell(value: bytes) -> Iterator[CellEntry]:
    """Yield the entries of a cell."""
    return _ENTRY.iter_unpack(value)


def lifetime_value(requests: int, micros: int, latest_ms: int) -> bytes:
    """Return what is kept of all charges of a model. Raises OverflowError where the sum passes `MAX_SUM_MICROS`."""
    if micros > MAX_SUM_MICROS:
        raise OverflowError(micros)
    return _LIFETIME.pack(requests, micros, latest_ms)


def read_lifetime(value: bytes) -> tuple[int, int, int]:
    """Return `(requests, micros, latest_ms)`."""
    return _LIFETIME.unpack(value)


def read_gap(key: bytes, value: bytes) -> Gap:
    """Return the gap whose key is its start, as a `time_key`, and whose value its end."""
    return Gap(time_of(key), time_of(value))


def config_value(config: Config) -> bytes:
    """Return the value that holds the configuration: JSON, so that fields can come and go."""
    return msgspec.json.encode(config)


def read_config(value: bytes) -> Config:
    """Return the configuration. Raises msgspec.ValidationError where a field is out of its bounds."""
    return msgspec.json.decode(value, type=Config)
