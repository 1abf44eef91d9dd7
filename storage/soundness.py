"""Owns the question whether a database file may be opened at all: LMDB itself can kill the process over a damaged one.

A file that is to the byte what the last clean end left is trusted; any other is looked at first.
"""

import logging
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from domain.errors import DataDirUnusableError
from storage import files
from storage.pages import ensure_sound_pages
from storage.trouble import translated

_LOG: Final = logging.getLogger("ccurve.storage")
_DATABASES: Final = (files.HISTORY, files.COOKIE)
_LONG_BYTES: Final = 16 << 20
"""Looking at more than this is noticed by who waits for the start."""

_PIECE_BYTES: Final = 1 << 20

Lie = tuple[int, int]
"""How a file lies: its size, and the CRC-32 of its bytes. 40 ms for a hundred megabytes."""


def ensure_sound(directory: Path) -> None:
    """Raise DatabaseDamagedError unless the databases of the directory can be opened safely, or do not exist yet.

    Call it before they are opened. What is not as a clean end left it is walked through, and a history must add up
    besides, which takes some seconds for a hundred megabytes. The clean end is forgotten by this: the files are about
    to be written.
    """
    left = _left(directory)
    for name in _DATABASES:
        path = directory / name
        with translated("look at the databases", directory):
            lie = _lie(path)
        if lie is None or (lie[0] and left.get(name) == lie):
            continue
        if name == files.HISTORY:
            from storage.examine import examine  # noqa: PLC0415 - after a clean end nobody needs it

            if lie[0] >= _LONG_BYTES:
                _LOG.info(
                    "The history is not as a clean end leaves it: all of it is looked at first, for some seconds."
                )
            examine(path)
        else:
            ensure_sound_pages(path)
    marker = directory / files.CLEAN_END
    try:
        marker.unlink(missing_ok=True)
    except OSError as error:
        raise DataDirUnusableError(f"{marker} cannot be removed ({error.strerror}). Move it away.") from error


def mark_clean_end(directory: Path) -> None:
    """Remember how the databases lie, so that the next start trusts them. Call it after they were closed.

    Where that cannot be written, on a full disk say, the next start looks at them: no reason to end badly.
    """
    with suppress(OSError):
        lies = {name: lie for name in _DATABASES if (lie := _lie(directory / name)) is not None}
        _mark(directory, lies)


def vouch_for_history(directory: Path) -> None:
    """Have the next start trust the history as it lies: all of it was just looked at. The cookie is as it was."""
    with suppress(OSError):
        lie = _lie(directory / files.HISTORY)
        _mark(directory, _left(directory) | ({} if lie is None else {files.HISTORY: lie}))


def _mark(directory: Path, lies: dict[str, Lie]) -> None:
    marker = directory / files.CLEAN_END
    marker.touch(files.OWNER_ONLY)
    marker.write_bytes(msgspec.json.encode(lies))


def _left(directory: Path) -> dict[str, Lie]:
    marker = directory / files.CLEAN_END
    try:
        return msgspec.json.decode(marker.read_bytes(), type=dict[str, Lie])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _lie(path: Path) -> Lie | None:
    """Return how the file lies; size 0, which is never right, for what is no file."""
    if not path.is_file():
        return (0, 0) if path.exists() or path.is_symlink() else None
    size = crc = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
    return size, crc
