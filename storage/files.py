"""Owns the data directory: the names of the files in it, and who may read them.

What the files hold is for their own modules.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from domain.errors import DataDirUnusableError

HISTORY: Final = "history.mdb"
COOKIE: Final = "cookie.mdb"
CLEAN_END: Final = "history.clean"
LOCK: Final = "ccurve.lock"
INSTANCE: Final = "instance.json"
ACCESS: Final = "access.json"
RESTORED: Final = f"{HISTORY}.new"
"""A history that was brought back whole and waits for its place."""
UNFINISHED: Final = f"{HISTORY}.part"
"""One that is being written: made, or brought back."""
BACKUPS: Final = "backups"
"""The folder of the backups."""

OWNER_ONLY_DIR: Final = 0o700
OWNER_ONLY: Final = 0o600

_OURS: Final = frozenset(
    {
        *(HISTORY, f"{HISTORY}-lock", RESTORED, UNFINISHED, COOKIE, f"{COOKIE}.new", f"{COOKIE}.old"),
        *(CLEAN_END, LOCK, INSTANCE, f"{INSTANCE}.new", ACCESS, f"{ACCESS}.new", BACKUPS),
    }
)
_REPLACED: Final = re.compile(r"history-replaced-\d{8}T\d{6}Z(-\d+)?\.mdb")


def is_ours(name: str) -> bool:
    """Return whether something of that name in the data directory is of our making."""
    return name in _OURS or _REPLACED.fullmatch(name) is not None


def prepare(directory: Path) -> None:
    """Create the data directory where it is missing and close it and its files to everybody else.

    A directory that holds other things than ours (somebody named `/tmp`) keeps its mode; our files in it are closed.
    On Windows the profile's own access list does this. Raises DataDirUnusableError.
    """
    try:
        str(directory).encode()
    except UnicodeEncodeError as error:
        raise DataDirUnusableError(
            f"The data directory {directory} cannot be used: its name is no UTF-8. Choose another one with --data-dir."
        ) from error
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_DIR)
        paths = list(directory.iterdir())
        ours = [path for path in paths if is_ours(path.name)]
        if len(ours) == len(paths):
            directory.chmod(OWNER_ONLY_DIR)
        for path in ours:
            _close(path)
        probe = directory / f".{LOCK}.{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise DataDirUnusableError(
            f"The data directory {directory} cannot be used ({error.strerror}). "
            "Make it writable, or choose another one with --data-dir."
        ) from error


def what_is_in_the_way(path: Path) -> str | None:
    """Return what lies in the place of a file of ours that is no file, nor a link to one; None where all is well.

    Opening one may wait for ever (a pipe), bring no end (a device), or make a file where a disk is to be mounted (a
    link to nowhere).
    """
    if not path.exists():
        return "a link to what is not there" if path.is_symlink() else None
    return None if path.is_file() else "no file"


def _close(path: Path) -> None:
    if path.name == BACKUPS:
        # It may be a link to another disk, which may be away, or know no modes: no reason not to start.
        with suppress(OSError):
            path.chmod(OWNER_ONLY_DIR)
        return
    found = what_is_in_the_way(path)
    if found is not None:
        raise DataDirUnusableError(f"{path} is {found}. Move it away, or choose another directory with --data-dir.")
    try:
        with suppress(FileNotFoundError):  # the CCurve that it belongs to may be ending
            path.chmod(OWNER_ONLY)
    except OSError as error:
        raise DataDirUnusableError(
            f"{path} cannot be used ({error.strerror}). Give it back to yourself, or choose another directory "
            "with --data-dir."
        ) from error


def created(path: Path) -> BinaryIO:
    """Open a new file that only the owner can read, for writing. Raises FileExistsError."""
    path.touch(OWNER_ONLY, exist_ok=False)
    return path.open("r+b")


def reserve(path: Path, size_bytes: int) -> None:
    """Have that much of a file lie on the disk, zeros where it was shorter.

    A file that is mapped into memory must not have a hole: to write there kills the process where the disk is full.
    """
    path.touch(OWNER_ONLY)
    with path.open("ab") as file:
        file.write(bytes(max(0, size_bytes - file.tell())))


def sync_directory(directory: Path) -> None:
    """Make renames and removals in the directory last. Windows cannot open a directory, and keeps a journal of them."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def shred(path: Path) -> None:
    """Overwrite a file with zeros, then remove it; nothing where there is none.

    On disks that write elsewhere than they read (SSDs, copy-on-write file systems) the old blocks may outlive this.
    """
    try:
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            file.write(bytes(size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink()
