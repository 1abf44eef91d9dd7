"""Owns the question whether a database file may be opened at all: LMDB itself can kill the process over a damaged one.

A file that lies exactly as the last clean end left it is trusted; any other is verified by a walk through its pages.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from domain.errors import DatabaseDamagedError
from storage import files

_DATABASES: Final = (files.HISTORY, files.COOKIE)

Lie = tuple[int, int]
"""How a file lies: its size, and when it was modified in nanoseconds."""


def ensure_sound(directory: Path) -> None:
    """Raise DatabaseDamagedError unless the databases of the directory can be opened safely, or do not exist yet.

    Call it before they are opened. Takes a few seconds for a hundred megabytes after an end that was not clean.
    The clean end is forgotten by this: the files are about to be written.
    """
    marker = directory / files.CLEAN_END
    left = _left(marker)
    marker.unlink(missing_ok=True)
    for name in _DATABASES:
        lie = _lie(directory / name)
        if lie is not None and (left.get(name) != lie or lie[0] == 0):
            _verify(directory / name, lie[0])


def mark_clean_end(directory: Path) -> None:
    """Remember how the databases lie, so that the next start trusts them. Call it after they were closed.

    Where that cannot be written, on a full disk say, the next start looks at them: no reason to end badly.
    """
    lies = {name: lie for name in _DATABASES if (lie := _lie(directory / name)) is not None}
    marker = directory / files.CLEAN_END
    with suppress(OSError):
        marker.touch(files.OWNER_ONLY)
        marker.write_bytes(msgspec.json.encode(lies))


def _verify(path: Path, size: int) -> None:
    from lmdb.verify import VerifyError, verify  # noqa: PLC0415 - only after an end that was not clean

    try:
        problems: list[str] = verify(str(path), subdir=False) if size else ["it is empty"]  # type: ignore[no-untyped-call]
    except (VerifyError, OSError) as error:
        problems = [str(error)]
    if problems:
        raise DatabaseDamagedError(
            f"The database {path} is damaged ({problems[0]}). "
            "Put a copy of it back, or move it away to begin with an empty one."
        )


def _left(marker: Path) -> dict[str, Lie]:
    try:
        return msgspec.json.decode(marker.read_bytes(), type=dict[str, Lie])
    except (OSError, msgspec.DecodeError):
        return {}


def _lie(path: Path) -> Lie | None:
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_size, state.st_mtime_ns
