"""Owns the bringing back of a backup: the one that is asked for, or the newest that is good.

How it takes the place of the history is `replacing`'s. Nobody may have the data directory in use meanwhile. The cookie
stays as it is.
"""

import os
from pathlib import Path

import lmdb
from msgspec import Struct

from domain.errors import DatabaseTooNewError, StartError
from domain.zones import utc_text
from storage import files, packing, shelf
from storage.environment import MAX_TABLES
from storage.examine import Found, examine
from storage.replacing import DOING, finish_restore, put_in_place
from storage.schema import give_identity
from storage.soundness import vouch_for_history
from storage.trouble import is_full, translated


class NoBackupError(StartError):
    """There is nothing that could be brought back."""


class Restored(Struct, frozen=True):
    """What was brought back, where what it replaced lies (None where there was nothing), and what was passed over."""

    source: Path
    found: Found
    replaced: Path | None
    passed_over: list[str]

    @property
    def sentences(self) -> str:
        """What was done, for people."""
        until = "" if self.found.latest_ms is None else f", the last of {utc_text(self.found.latest_ms)}"
        aside = "" if self.replaced is None else f" What was there before lies in {self.replaced}, as it was."
        return (
            f"{self.found.records} records{until}, were brought back from {self.source}.{aside} "
            "Settings and switch are those of the backup, the cookie is the one that was there."
        )


def restore(directory: Path, source: Path | None, now_ms: int) -> Restored:
    """Put a backup in the place of the history: `source`, or the newest good one of the data directory.

    Raises NoBackupError where that is none, StorageError where it cannot be written. Nothing has changed then.
    """
    finish_restore(directory)
    with translated(DOING, directory):
        candidates = [source] if source is not None else [backup.path for backup in shelf.listed(directory)]
    passed_over: list[str] = []
    for candidate in candidates:
        try:
            found = _fetch(directory, candidate)
        except NoBackupError as error:
            passed_over.append(str(error))
            continue
        replaced = put_in_place(directory, f"history-replaced-{shelf.stamp(now_ms)}")
        vouch_for_history(directory)
        return Restored(candidate, found, replaced, passed_over)
    if source is None:
        passed_over.append(f"There is no good backup in {shelf.shelf(directory)}. Name a file that is one elsewhere.")
    raise NoBackupError(" ".join(passed_over))


def _fetch(directory: Path, source: Path) -> Found:
    """Have a good backup lie beside the history, as a store of its own, on the disk; return what it holds."""
    restoring = directory / files.UNFINISHED
    try:
        with translated(DOING, directory):
            _unpack(source, restoring)
        found = _examined(source, restoring)
        with translated(DOING, directory):
            _make_its_own(restoring)
            # It is as old as what it was made of: nothing was written since that a backup would be wanted for.
            written_ns = source.stat().st_mtime_ns
            os.utime(restoring, ns=(written_ns, written_ns))
            restoring.replace(directory / files.RESTORED)
            files.sync_directory(directory)
    except BaseException:
        restoring.unlink(missing_ok=True)
        raise
    return found


def _unpack(source: Path, target: Path) -> None:
    if not source.is_file():
        raise NoBackupError(f"{source} is {'no file' if source.exists() else 'not there'}.")
    try:
        packing.unpack(source, target)
    except packing.BROKEN as error:
        raise NoBackupError(f"{source} is damaged: it does not unpack.") from error
    except OSError as error:
        if is_full(error, target.parent):
            raise
        raise NoBackupError(f"{source} cannot be copied ({error.strerror}).") from error


def _examined(source: Path, copy: Path) -> Found:
    try:
        found = examine(copy)
    except DatabaseTooNewError as error:
        raise NoBackupError(f"{source} was written by a newer release. Start that release to bring it back.") from error
    except StartError as error:
        raise NoBackupError(f"{source} is damaged: {getattr(error, 'problem', error)}.") from error
    if found.layout is None:
        raise NoBackupError(f"{source} holds nothing.")
    return found


def _make_its_own(path: Path) -> None:
    """Give it another identity: a cursor of the old history may name other records in this one."""
    with (
        lmdb.open(str(path), subdir=False, lock=False, max_dbs=MAX_TABLES, map_size=2 * path.stat().st_size) as env,
        env.begin(write=True) as transaction,
    ):
        give_identity(transaction, env.open_db(b"meta", transaction))
