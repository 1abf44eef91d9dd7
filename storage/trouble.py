"""Owns the translation of what LMDB and the file system raise into the store's errors, once, at the room's edge."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import lmdb

from domain.errors import StorageError, StorageFullError

_FULL: Final = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raise StorageError, or StorageFullError where the disk is full; `doing` completes "could not …"."""
    try:
        yield
    except (lmdb.Error, OSError) as error:
        number = error.errno if isinstance(error, OSError) else error.code
        if number in _FULL:
            raise StorageFullError(f"The disk is full: CCurve could not {doing}. Make room on it.") from error
        reason = error.strerror if isinstance(error, OSError) else error.reason
        raise StorageError(f"CCurve could not {doing} ({reason}).") from error
    except OverflowError as error:
        raise StorageError(f"CCurve could not {doing}: a sum is larger than can be kept.") from error
