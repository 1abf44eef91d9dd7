"""Owns the translation of what LMDB and the file system raise into the store's errors, once, at the room's edge."""

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import lmdb

from domain.errors import StorageError, StorageFullError
from storage import codec

HISTORY_REMEDY: Final = "Bring a backup back with --restore, or move it away to begin with an empty one."
"""What to do about a history that is damaged."""

COOKIE_REMEDY: Final = "Delete it or move it away, and save the cookie again."
"""What to do about a cookie that is."""

_FULL: Final = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
# LMDB passes on what Windows says: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
_FULL_TO_LMDB: Final = {*_FULL, 39, 112} if sys.platform == "win32" else _FULL
_NO_ROOM_BYTES: Final = 1 << 20


def is_full(error: lmdb.Error | OSError, directory: Path) -> bool:
    """Return whether that is what a full disk, on which `directory` is, raises."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    if error.code == errno.EIO:
        # LMDB says this of a write that was cut short, which is how a disk becomes full.
        return shutil.disk_usage(directory).free < _NO_ROOM_BYTES
    return error.code in _FULL_TO_LMDB


@contextmanager
def translated(doing: str, directory: Path) -> Iterator[None]:
    """Raise StorageError, or StorageFullError where the disk that `directory` is on is full.

    `doing` completes "could not …".
    """
    try:
        yield
    except (lmdb.Error, OSError) as error:
        if is_full(error, directory):
            raise StorageFullError(f"The disk is full: CCurve could not {doing}. Make room on it.") from error
        reason = error.strerror if isinstance(error, OSError) else _reason(error)
        raise StorageError(f"CCurve could not {doing} ({reason}).") from error
    except OverflowError as error:
        raise StorageError(f"CCurve could not {doing}: a sum is larger than can be kept.") from error


def _reason(error: lmdb.Error) -> str:
    """Return what LMDB says, or the binding, where LMDB was not asked."""
    return error.reason if error.code else str(error)


@contextmanager
def making_sense(doing: str, directory: Path, remedy: str = HISTORY_REMEDY) -> Iterator[None]:
    """Do what `translated` does, and raise StorageError where what was read makes no sense, though its pages are sound.

    Not for work of others, whose own mistakes would pass for damage.
    """
    try:
        with translated(doing, directory):
            yield
    except codec.NONSENSE as error:
        raise StorageError(
            f"CCurve could not {doing}: what the database in {directory} holds makes no sense. {remedy}"
        ) from error
