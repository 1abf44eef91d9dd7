"""Owns how a restored history takes the place of the one before: that is moved aside, never overwritten.

Whatever moment it is cut short at, one of the two is in place at the next start. Fetching it is `restore`'s.
"""

from pathlib import Path
from typing import Final

from storage import files
from storage.trouble import translated

DOING: Final = "bring the backup back"


def put_in_place(directory: Path, aside: str) -> Path | None:
    """Put the history that lies as `files.RESTORED` in its place; return where what was there lies now, if anything.

    `aside` is the name that it gets, without its ending; numbered, where something has that name.
    """
    history = directory / files.HISTORY
    with translated(DOING, directory):
        replaced = _free(directory, aside) if history.exists() else None
        if replaced is not None:
            history.rename(replaced)
        (directory / files.RESTORED).replace(history)
        files.sync_directory(directory)
    return replaced


def finish_restore(directory: Path) -> None:
    """Bring a restoration to its end that was cut short; call it before anything is opened.

    A restored history counts once the old one was moved out of its way; half of one never does.
    """
    history, restored, restoring = (directory / n for n in (files.HISTORY, files.RESTORED, files.UNFINISHED))
    with translated("finish what --restore began", directory):
        restoring.unlink(missing_ok=True)
        if restored.exists():
            if history.exists():
                restored.unlink()
            else:
                restored.replace(history)
                files.sync_directory(directory)


def _free(directory: Path, name: str) -> Path:
    path = directory / f"{name}.mdb"
    number = 1
    while path.exists():
        number += 1
        path = directory / f"{name}-{number}.mdb"
    return path
