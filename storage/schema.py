"""Owns the version of the layout, what a new database begins with, and the way from an older layout to this one.

The layout itself stands in `codec` and `environment`.
"""

import secrets
from collections.abc import Callable
from typing import Final

import lmdb

from domain.errors import DatabaseTooNewError
from storage import codec
from storage.environment import Tables, Transaction

VERSION: Final = 1

MIGRATIONS: Final[dict[int, Callable[[Transaction, Tables], None]]] = {}
"""From a version to the next one: each changes the layout in one transaction. None has been needed yet."""

VERSION_KEY: Final = b"schema"
"""Where every layout keeps its version, in the table `meta`."""
_STORE_KEY: Final = b"store"


def bring_up_to_date(transaction: Transaction, tables: Tables) -> None:
    """Give a new database its identity, or migrate an older one.

    Raises DatabaseTooNewError where a newer release has written it.
    """
    stored = transaction.get(VERSION_KEY, db=tables.meta)
    if stored is None:
        give_identity(transaction, tables.meta)
        transaction.put(VERSION_KEY, codec.number_key(VERSION), db=tables.meta)
        return
    version = codec.read_number(stored)
    ensure_known(version)
    for step in range(version, VERSION):
        MIGRATIONS[step](transaction, tables)
        transaction.put(VERSION_KEY, codec.number_key(step + 1), db=tables.meta)


def ensure_known(version: int) -> None:
    """Raise DatabaseTooNewError where a newer release has written that layout."""
    if version > VERSION:
        raise DatabaseTooNewError(
            f"The database was written by a newer release (layout {version}, this one knows {VERSION}). "
            "Start that release, or choose another directory with --data-dir."
        )


def give_identity(transaction: Transaction, meta: "lmdb._Database") -> None:
    """Make it a store of its own, whose cursors are those of no other."""
    transaction.put(_STORE_KEY, secrets.token_hex(6).encode(), db=meta)


def store_id(transaction: Transaction, tables: Tables) -> str:
    """Return the identity that the store got when it was made."""
    return transaction.get(_STORE_KEY, b"", db=tables.meta).decode()
