"""Owns the whole examination of a history that nobody has open: its pages, its layout, and whether it adds up.

What follows from it is for who asks: `check`, `restore`, `backup`, `soundness`.
"""

from pathlib import Path

import lmdb
from msgspec import Struct

from storage import codec
from storage.environment import Transaction
from storage.meaning import ContradictionError, ensure_meaning
from storage.pages import damaged, ensure_sound_pages, layout, reading
from storage.schema import VERSION


class Found(Struct, frozen=True):
    """What a sound history holds. `layout` is None where nothing was ever written, `latest_ms` without records."""

    layout: int | None
    records: int
    latest_ms: int | None


def examine(path: Path) -> Found:
    """Return what the history holds, once all of it was looked at; of an older layout the pages alone.

    Raises DatabaseDamagedError, DatabaseTooNewError. Takes a few seconds for a hundred megabytes.
    """
    ensure_sound_pages(path)
    with reading(path) as (env, transaction):
        version = layout(path, env, transaction)
        if version is None:
            return Found(None, 0, None)
        if version < 1:
            raise damaged(path, "it is of no layout")
        try:
            if version == VERSION:
                ensure_meaning(env, transaction)
            return _found(version, env, transaction)
        except (ContradictionError, lmdb.Error, *codec.NONSENSE) as error:
            raise damaged(path, str(error)) from error


def _found(version: int, env: lmdb.Environment, transaction: Transaction) -> Found:
    """Count, in the way of every layout so far. One that keeps records elsewhere says here where."""
    table = env.open_db(b"records", transaction, create=False)
    cursor = transaction.cursor(table)
    latest_ms = codec.time_of(cursor.key()) if cursor.last() else None
    return Found(version, transaction.stat(table)["entries"], latest_ms)
