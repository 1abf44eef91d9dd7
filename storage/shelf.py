"""Owns the shelf of backups: their names, their order, and which of them are kept.

Taking one is `backup`'s, bringing one back `restore`'s.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from storage import files
from storage.schema import VERSION

Reason: TypeAlias = Literal["daily", "before-migration"]

KEPT: Final[dict[str, int]] = {"daily": 5, "before-migration": 2}
"""How many of each are kept, the newest."""

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"history-(\d{8}T\d{6}Z)-layout\d{1,9}-(daily|before-migration)\.mdb\.gz")


class Backup(Struct, frozen=True):
    """A file on the shelf, by what its name says: when it was begun, and why it was taken."""

    path: Path
    taken_ms: int
    reason: str


def shelf(directory: Path) -> Path:
    """Return the folder that the backups of a data directory lie in; it may not be there."""
    return directory / files.BACKUPS


def stamp(ms: int) -> str:
    """Return a moment as it stands in names, to the second: `20261126T030000Z`."""
    return datetime.fromtimestamp(ms // 1000, UTC).strftime(_STAMP)


def place(directory: Path, now_ms: int, reason: Reason, layout: int = VERSION) -> Path:
    """Return where a backup that is begun now belongs."""
    return shelf(directory) / f"history-{stamp(now_ms)}-layout{layout}-{reason}.mdb.gz"


def listed(directory: Path) -> list[Backup]:
    """Return the backups of a data directory, newest first. Raises OSError where its shelf cannot be read."""
    try:
        paths = list(shelf(directory).iterdir())
    except FileNotFoundError:
        return []
    found = [backup for path in paths if (backup := _named(path)) is not None]
    return sorted(found, key=lambda backup: (backup.taken_ms, backup.path.name), reverse=True)


def superseded(backups: list[Backup], now_ms: int) -> list[Backup]:
    """Return those of `backups`, newest first, that have enough newer ones of their kind.

    One from the future was taken when the clock was wrong, and counts as older than all others.
    """
    seen = dict.fromkeys(KEPT, 0)
    gone = []
    for backup in sorted(backups, key=lambda backup: backup.taken_ms > now_ms):
        seen[backup.reason] += 1
        if seen[backup.reason] > KEPT[backup.reason]:
            gone.append(backup)
    return gone


def _named(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        taken = datetime.fromisoformat(match[1])
    except ValueError:  # no such day
        return None
    return Backup(path, int(taken.timestamp()) * 1000, match[2])
