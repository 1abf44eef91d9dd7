"""Owns the folders that the one file unpacked itself into and was killed in: it removes those that nobody uses.

Each one that runs holds a lock in its own folder, which the system lets go of however the process ends.
"""

import os
import shutil
import stat
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from launch.frozen import UNPACKED, unpacked
from launch.lock import LockHeldError, acquire

# The first of the files that are unpacked, empty: it also tells our folders from those of other programs.
LOCK: Final = ".ccurve.lock"
_OLD_S: Final = 86_400


def remove_leftovers_meanwhile() -> None:
    """Lock our own folder and remove those left over beside it, on a thread that nobody waits for."""
    folder = unpacked()
    if folder is not None:
        threading.Thread(target=tidy_up, args=(folder, time.time()), name="leftovers", daemon=True).start()


def tidy_up(own: Path, now: float) -> None:
    """Lock our `own` folder for as long as this process lives, and remove those left over beside it.

    What cannot be locked or removed stays; the next start tries again. `now` is in seconds of the epoch.
    """
    with suppress(LockHeldError, OSError):
        _sign(acquire(own / LOCK))
    with suppress(OSError):
        for folder in sorted(own.parent.iterdir()):
            if folder != own and UNPACKED.fullmatch(folder.name):
                with suppress(LockHeldError, OSError):
                    if _is_ours(folder) and _is_abandoned(folder, now):
                        _remove(folder)


def _sign(lock: int) -> None:
    """Write into the lock that it was held: one that is empty may be about to be, by a process that starts just now."""
    os.write(lock, b"held\n")


def _is_ours(folder: Path) -> bool:
    """Say whether it is a folder, not a link to one, and of this person; on Windows each has a place of their own."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and (sys.platform == "win32" or found.st_uid == os.getuid())


def _is_abandoned(folder: Path, now: float) -> bool:
    """Say whether nobody uses it, unless its lock is held. Raises FileNotFoundError where it has none."""
    held = (folder / LOCK).lstat().st_size > 0
    # Never held: a start that was killed before it came to that, or one that is under way.
    return held or now - folder.lstat().st_mtime > _OLD_S


def _remove(folder: Path) -> None:
    lock = acquire(folder / LOCK)
    try:
        _sign(lock)  # should this be cut short, the next start goes on
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != LOCK:
                with suppress(OSError):
                    entry.unlink()
    finally:
        os.close(lock)
    if [entry.name for entry in folder.iterdir()] == [LOCK]:
        (folder / LOCK).unlink()
        folder.rmdir()
