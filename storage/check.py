"""Owns the check of a whole data directory, of which a line is told for each thing in it. Nothing in it is changed.

What is looked for in a history is `examine`'s. Nobody may have the directory in use meanwhile.
"""

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

import lmdb
from msgspec import Struct

from domain.errors import DatabaseDamagedError, StartError
from domain.zones import utc_text
from storage import codec, files, packing, shelf
from storage.cookie import read_cookie
from storage.examine import Found, examine
from storage.pages import ensure_sound_pages
from storage.schema import VERSION
from storage.trouble import COOKIE_REMEDY

_LATE_MS: Final = 3 * 86_400_000
_COPY: Final = "ccurve-check-"
_OLD_S: Final = 86_400
"""A copy as old as this was left by a check that was killed; a younger one may be looked at just now."""


class Finding(Struct, frozen=True):
    """What was found about one thing: its name, whether it is as it should be, and a sentence."""

    name: str
    good: bool
    sentence: str

    @property
    def line(self) -> str:
        """The finding as a line for people."""
        return f"{self.name}: {'OK' if self.good else 'WRONG'}. {self.sentence}"


def check(directory: Path) -> Iterator[Finding]:
    """Look at everything in the directory, which need not be there, and yield what is found as it is found."""
    if not directory.is_dir():
        yield Finding(str(directory), good=False, sentence="There is no such directory. Name another with --data-dir.")
        return
    try:
        for path in directory.iterdir():
            path.lstat()
    except OSError as error:
        yield Finding(str(directory), good=False, sentence=f"It cannot be read ({error.strerror}).")
        return
    _remove_old_copies()
    yield _history(directory)
    yield _cookie(directory)
    yield from _backups(directory)
    if sys.platform != "win32":  # there the profile's own access list closes them
        yield _modes(directory)


def _history(directory: Path) -> Finding:
    path = directory / files.HISTORY
    if not path.exists() and not path.is_symlink():
        waits = (directory / files.RESTORED).exists()
        sentence = "A restoration was cut short; the next start finishes it." if waits else "There is none yet."
        return Finding(files.HISTORY, good=True, sentence=sentence)
    try:
        return Finding(files.HISTORY, good=True, sentence=_told(examine(path)))
    except StartError as error:
        return Finding(files.HISTORY, good=False, sentence=str(error))
    except OSError as error:
        return Finding(files.HISTORY, good=False, sentence=f"It cannot be read ({error.strerror}).")


def _told(found: Found) -> str:
    if found.layout is None:
        return "It is empty."
    sentence = f"{found.records} records"
    if found.latest_ms is not None:
        sentence += f", the last of {utc_text(found.latest_ms)}"
    return f"{sentence}, layout {found.layout}" + (
        "." if found.layout == VERSION else ", which the next start brings up to date."
    )


def _cookie(directory: Path) -> Finding:
    path = directory / files.COOKIE
    changing = [n for n in (f"{files.COOKIE}.new", f"{files.COOKIE}.old") if (directory / n).exists()]
    if changing:
        return Finding(files.COOKIE, good=True, sentence="A change of it was cut short; the next start finishes it.")
    try:
        if not path.exists() and not path.is_symlink():
            return Finding(files.COOKIE, good=True, sentence="There is none.")
        ensure_sound_pages(path)
        read_cookie(path)
    except DatabaseDamagedError as error:
        return Finding(files.COOKIE, good=False, sentence=str(error))
    except (lmdb.Error, OSError, *codec.NONSENSE):
        # What it says of why may hold some of it.
        return Finding(files.COOKIE, good=False, sentence=f"It cannot be read. {COOKIE_REMEDY}")
    return Finding(files.COOKIE, good=True, sentence="It can be read.")


def _backups(directory: Path) -> Iterator[Finding]:
    try:
        backups = shelf.listed(directory)
    except OSError as error:
        yield Finding(files.BACKUPS, good=False, sentence=f"They cannot be listed ({error.strerror}). Move that away.")
        return
    if not backups:
        yield Finding(files.BACKUPS, good=True, sentence="There are none yet; the first is taken within a day.")
    for backup in backups:
        yield _backup(backup)
    newest_ms = max((backup.taken_ms for backup in backups), default=None)
    history = directory / files.HISTORY
    if newest_ms is not None and history.exists():
        late_ms = history.stat().st_mtime_ns // 1_000_000 - newest_ms
        if late_ms > _LATE_MS:
            sentence = f"The newest is {late_ms // 86_400_000} days older than the history. The log says why."
            yield Finding(files.BACKUPS, good=False, sentence=sentence)


def _backup(backup: shelf.Backup) -> Finding:
    name = f"{files.BACKUPS}/{backup.path.name}"
    remedy = "Delete it; another is taken when it is due."
    if not backup.path.is_file():
        return Finding(name, good=False, sentence="It is no file. Move it away.")
    try:
        with TemporaryDirectory(prefix=_COPY) as folder:
            copy = Path(folder) / files.HISTORY
            packing.unpack(backup.path, copy)
            return Finding(name, good=True, sentence=_told(examine(copy)))
    except packing.BROKEN:
        return Finding(name, good=False, sentence=f"It does not unpack. {remedy}")
    except DatabaseDamagedError as error:
        return Finding(name, good=False, sentence=f"It is damaged ({error.problem}). {remedy}")
    except StartError as error:
        return Finding(name, good=False, sentence=str(error))
    except OSError as error:
        return Finding(name, good=False, sentence=f"It cannot be looked at ({error.strerror}).")


def _remove_old_copies() -> None:
    with suppress(OSError):
        for folder in Path(gettempdir()).glob(f"{_COPY}*"):
            with suppress(OSError):
                found = folder.lstat()
                is_ours = sys.platform == "win32" or found.st_uid == os.getuid()  # there each has a place of their own
                if is_ours and stat.S_ISDIR(found.st_mode) and time.time() - found.st_mtime > _OLD_S:
                    shutil.rmtree(folder)


def _modes(directory: Path) -> Finding:
    """Look for what somebody else could read or write. A directory that holds other things is not ours to close."""
    try:
        opened = _opened(directory)
    except OSError as error:
        return Finding("modes", good=False, sentence=f"They cannot be read ({error.strerror}).")
    if opened:
        sentence = (
            f"Others may use {', '.join(sorted(opened))}. Start CCurve, which closes what it keeps, "
            "unless the disk knows no modes."
        )
        return Finding("modes", good=False, sentence=sentence)
    return Finding("modes", good=True, sentence="Nobody else can read any of it.")


def _opened(directory: Path) -> list[str]:
    paths = list(directory.iterdir())
    ours = [path for path in paths if files.is_ours(path.name) and path.exists()]
    if shelf.shelf(directory).is_dir():
        ours += [path for path in shelf.shelf(directory).iterdir() if not path.is_symlink()]
    ours += [directory] if all(files.is_ours(path.name) for path in paths) else []
    others = stat.S_IRWXG | stat.S_IRWXO
    return [os.path.relpath(path, directory) for path in ours if stat.S_IMODE(path.stat().st_mode) & others]
