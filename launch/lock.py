"""Owns the lock on a file that one process at a time can hold; the system lets go of it however the process ends.

`fcntl.flock` on Linux and macOS, `msvcrt.locking` on Windows, which locks bytes: the first one stands for the file.
"""

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockHeldError(Exception):
    """Another process holds the lock."""


def acquire(path: Path) -> int:
    """Lock the file, made where it is missing; return the descriptor that holds the lock until it is closed.

    Raises LockHeldError where another holds it, OSError where the file cannot be made or locked at all.
    """
    return _locked(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def acquire_existing(path: Path) -> int:
    """Do the same with a file that is there, and may lie on a disk that cannot be written.

    Raises LockHeldError, OSError where it is not there or cannot be locked.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK if os.name != "nt" else os.O_RDWR)
    except PermissionError:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        if error.errno != errno.EROFS:
            raise
        descriptor = os.open(path, os.O_RDONLY)
    return _locked(descriptor)


def _locked(descriptor: int) -> int:
    try:
        _lock(descriptor)
    except (BlockingIOError, PermissionError) as error:
        # Windows says "permission denied", the others "would block".
        os.close(descriptor)
        raise LockHeldError from error
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
