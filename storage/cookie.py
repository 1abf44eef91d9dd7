"""Owns the stored cookie: an environment of its own, written anew at every change so that no old value stays behind.

LMDB leaves replaced values readable in its file, hence each change makes a fresh file, puts it in place by renaming and
overwrites the old one. What a cookie's text means is `domain.cookie`'s.
"""

from functools import partial
from pathlib import Path
from typing import Final

import lmdb

from storage import files
from storage.environment import Environment
from storage.trouble import COOKIE_REMEDY, making_sense, translated

_KEY: Final = b"cookie"
_MAP_BYTES: Final = 256 << 10


class CookieStore:
    """The cookie as it stands, in memory and on the disk alike. Changes take turns on the store's writing thread."""

    def __init__(self, directory: Path, environment: Environment) -> None:
        self._environment = environment
        self._directory = directory
        self._path = directory / files.COOKIE
        self._fresh = directory / f"{files.COOKIE}.new"
        self._old = directory / f"{files.COOKIE}.old"
        with making_sense("read the cookie", directory, COOKIE_REMEDY):
            self._text = self._read()

    @property
    def text(self) -> str | None:
        """The header value, or None where none is stored."""
        return self._text

    async def save(self, text: str) -> None:
        """Replace what is stored; the old value is gone from the disk on return. Raises StorageError."""
        await self._environment.run_on_writer(partial(self._replace, text))

    async def delete(self) -> None:
        """Forget what is stored; it is gone from the disk on return. Raises StorageError."""
        await self._environment.run_on_writer(partial(self._replace, None))

    def _replace(self, text: str | None) -> None:
        doing = "save the cookie" if text is not None else "delete the cookie"
        with translated(doing, self._directory):
            # Another directory may have come in its place, with a cookie of its own.
            self._environment.place.ensure_kept(doing)
            # What a change that failed has left must neither stay nor be taken for one that was cut short.
            files.shred(self._fresh)
            files.shred(self._old)
            if text is not None:
                self._write_fresh(text)
            if self._path.exists():
                self._path.replace(self._old)
            if text is not None:
                self._fresh.replace(self._path)
            self._text = text
            files.sync_directory(self._directory)
            files.shred(self._old)

    def _write_fresh(self, text: str) -> None:
        try:
            with (
                lmdb.open(str(self._fresh), subdir=False, lock=False, mode=0o600, map_size=_MAP_BYTES) as env,
                env.begin(write=True) as transaction,
            ):
                transaction.put(_KEY, text.encode())
        except (lmdb.Error, OSError):
            files.shred(self._fresh)
            raise

    def _read(self) -> str | None:
        return read_cookie(self._path)


def read_cookie(path: Path) -> str | None:
    """Return the header value that the file holds, None where there is none."""
    if not path.exists():
        return None
    with (
        lmdb.open(str(path), subdir=False, lock=False, readonly=True, map_size=_MAP_BYTES) as env,
        env.begin() as transaction,
    ):
        stored = transaction.get(_KEY)
    return None if stored is None else stored.decode()


def finish_change(directory: Path) -> None:
    """Bring a change of the cookie to its end that was cut short; call it before anything is opened.

    A fresh file counts once the old one was moved out of its way: only then was it complete.
    """
    path, fresh, old = (directory / f"{files.COOKIE}{suffix}" for suffix in ("", ".new", ".old"))
    with translated("read the cookie", directory):
        if fresh.exists() and old.exists() and not path.exists():
            fresh.replace(path)
        files.shred(fresh)
        files.shred(old)
