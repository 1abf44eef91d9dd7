"""Owns the question whether an open file is still the one that its path leads to: LMDB writes on into one that is not.

What follows from that is told by who asks.
"""

from pathlib import Path

from domain.errors import StorageError


class Place:
    """Where a file lay when this was made, for as long as it is open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity = _identity(path)

    @property
    def kept(self) -> bool:
        """Whether the path still leads to that file. Raises OSError where that cannot be told."""
        try:
            return _identity(self._path) == self._identity
        except (FileNotFoundError, NotADirectoryError):
            return False

    def ensure_kept(self, doing: str) -> None:
        """Raise StorageError where it does not; `doing` completes "could not …". Raises OSError as above."""
        if not self.kept:
            raise StorageError(
                f"CCurve could not {doing}: its database {self._path} was moved or deleted while it was open. "
                "Put it back, or end CCurve and start it again with what is there."
            )


def _identity(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_dev, state.st_ino
