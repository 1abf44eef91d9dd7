"""Owns the data directory: the names of the files in it, and who may read them.

What the files hold is for their own modules.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from domain.errors import DataDirUnusableError

HISTORY: Final = "history.mdb"
COOKIE: Final = "cookie.mdb"
CLEAN_END: Final = "history.clean"
LOCK: Final = "ccurve.lock"
INSTANCE: Final = "instance.json"
ACCESS: Final = "access.json"

OWNER_ONLY_DIR: Final = 0o700
OWNER_ONLY: Final = 0o600


_OURS: Final = frozenset(
    {HISTORY, f"{HISTORY}-lock", COOKIE, f"{COOKIE}.new", f"{COOKIE}.old", CLEAN_END, LOCK, INSTANCE, f"{INSTANCE}.new"}
    | {ACCESS, f"{ACCESS}.new"}
)


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
        names = {path.name for path in directory.iterdir()}
        if names <= _OURS:
            directory.chmod(OWNER_ONLY_DIR)
        for name in names & _OURS:
            with suppress(FileNotFoundError):
                (directory / name).chmod(OWNER_ONLY)
        probe = directory / f".{LOCK}.{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise DataDirUnusableError(
            f"The data directory {directory} cannot be used ({error.strerror}). "
            "Make it writable, or choose another one with --data-dir."
        ) from error


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
