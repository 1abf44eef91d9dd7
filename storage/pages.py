"""Owns the look at a database file that nobody has open: whether its pages are sound, whose it is, of which layout.

Nothing is written and no lock is taken. Whether what the pages hold adds up is `meaning`'s.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lmdb

from domain.errors import DatabaseDamagedError
from storage import codec, files
from storage.environment import MAX_TABLES, Transaction
from storage.schema import VERSION_KEY, ensure_known
from storage.trouble import COOKIE_REMEDY, HISTORY_REMEDY, translated


def damaged(path: Path, problem: str) -> DatabaseDamagedError:
    """Return the error that says so, with the remedy that the file wants."""
    remedy = COOKIE_REMEDY if path.name == files.COOKIE else HISTORY_REMEDY
    return DatabaseDamagedError(f"The database {path} is damaged ({problem}). {remedy}", problem)


def ensure_sound_pages(path: Path) -> None:
    """Walk through all pages of a file. Raises DatabaseDamagedError where LMDB must not be let near it."""
    from storage.walk import problems  # noqa: PLC0415 - only where a file is not trusted

    found = files.what_is_in_the_way(path)
    if found is not None:
        raise damaged(path, f"it is {found}")
    with translated("look at the database", path.parent):
        wrong = problems(path)
    if wrong:
        raise damaged(path, wrong[0])


@contextmanager
def reading(path: Path) -> Iterator[tuple[lmdb.Environment, Transaction]]:
    """Open a file whose pages are sound, to be read alone. Raises DatabaseDamagedError where LMDB does not take it."""
    try:
        env = lmdb.open(str(path), subdir=False, readonly=True, lock=False, max_dbs=MAX_TABLES, readahead=False)
    except lmdb.Error as error:
        raise damaged(path, error.reason) from error
    with env, env.begin() as transaction:
        yield env, transaction


def layout(path: Path, env: lmdb.Environment, transaction: Transaction) -> int | None:
    """Return the version of the layout, None where nothing was ever written.

    Raises DatabaseDamagedError where it is some other program's database, DatabaseTooNewError where a newer release
    wrote it.
    """
    if transaction.stat()["entries"] == 0:
        return None
    try:
        stored = transaction.get(VERSION_KEY, db=env.open_db(b"meta", transaction, create=False))
    except lmdb.Error as error:
        raise damaged(path, "it is another program's") from error
    if stored is None:
        raise damaged(path, "it is another program's")
    version = codec.read_number(stored)
    ensure_known(version)
    return version
