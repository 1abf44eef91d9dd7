"""Owns the taking of one backup: a consistent copy, verified, packed, and put on the shelf in one step.

When one is taken is `daily`'s and `store`'s; which are kept is `shelf`'s.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from domain.errors import BackupPostponedError, StorageError
from storage import files, packing, shelf
from storage.examine import examine
from storage.pages import reading
from storage.trouble import translated

UNFINISHED: Final = "unfinished"
"""The folder on the shelf in which one is made; as a data directory it can be checked like any other."""

_DOING: Final = "back up the history"
_SPARE_BYTES: Final = 64 << 20


class Backup:
    """One that is being taken: `begin`, copy the history into the folder, have that verified, `finish`; `discard`.

    Each of these takes a while, and raises StorageError.
    """

    def __init__(self, directory: Path, target: Path) -> None:
        self.folder = shelf.shelf(directory) / UNFINISHED
        self.copy = self.folder / files.HISTORY
        self._directory = directory
        self._target = target

    def begin(self) -> None:
        """Make the folder, empty. Raises BackupPostponedError where it would take the room that new records need."""
        with translated(_DOING, self._directory):
            self.folder.parent.mkdir(mode=files.OWNER_ONLY_DIR, exist_ok=True)
            self.discard()
            # The copy and what is packed of it, which may come to the same again.
            wanted = 2 * (self._directory / files.HISTORY).stat().st_size + _SPARE_BYTES
            if shutil.disk_usage(self.folder.parent).free < wanted:
                raise BackupPostponedError(
                    f"The disk is nearly full: CCurve could not {_DOING}, which wants {wanted >> 20} MB for a while. "
                    "Make room on it."
                )
            self.folder.mkdir(mode=files.OWNER_ONLY_DIR)

    def finish(self, is_abandoned: Callable[[], bool] = lambda: False) -> Path:
        """Pack the copy, put it on the shelf, and take off what it supersedes; return where it lies.

        Nothing older goes before the new one is on the disk and reads back. Raises packing.AbandonedError.
        """
        packed = self.folder / self._target.name
        with translated(_DOING, self._directory):
            try:
                packing.pack(self.copy, packed, is_abandoned)
            except packing.BROKEN as error:
                raise StorageError(f"CCurve could not {_DOING}: what was written does not read back.") from error
            packed.replace(self._target)
            files.sync_directory(self._target.parent)
            backups = shelf.listed(self._directory)
            now_ms = next(backup.taken_ms for backup in backups if backup.path == self._target)
            for superseded in shelf.superseded(backups, now_ms):
                superseded.path.unlink(missing_ok=True)
        return self._target

    def discard(self) -> None:
        """Remove the folder and all in it, whoever has left it there."""
        if self.folder.exists():
            with translated("remove an unfinished backup", self._directory):
                shutil.rmtree(self.folder)


def back_up_before_migration(directory: Path, now_ms: int, version: int) -> None:
    """Take a verified backup of a history that nobody has open, and whose layout this release is about to change.

    Raises StorageError where none can be taken, for there would be no way back; DatabaseDamagedError where the history
    is not sound.
    """
    backup = Backup(directory, shelf.place(directory, now_ms, "before-migration", version))
    try:
        backup.begin()
        try:
            with (
                translated(_DOING, directory),
                reading(directory / files.HISTORY) as (env, _),
                files.created(backup.copy) as file,
            ):
                env.copyfd(file.fileno(), compact=True)
            examine(backup.copy)
            backup.finish()
        finally:
            backup.discard()
    except StorageError as error:
        raise type(error)(f"This release changes the layout of the history, and backs it up before. {error}") from error
