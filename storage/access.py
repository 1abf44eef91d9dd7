"""Owns who may ask: the access key, and the sessions that were opened with it, in memory and on the disk alike.

How a key is recognised is `access_key`'s, the file `access_file`'s. Loaded only where a key is asked for.
"""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from domain.clock import Clock
from domain.errors import StorageError
from storage import access_file
from storage.access_file import Kept
from storage.access_key import GivenKey, Key, MadeKey, digest_of, make_key

_log = logging.getLogger(__name__)

MAX_SESSIONS: Final = 100
"""One more, and the one that was not used for longest ends."""

DAY_MS: Final = 86_400_000
MAX_IDLE_MS: Final = 90 * DAY_MS
"""A session that is not used for so long ends."""

_VALUE_BYTES: Final = 32

Sessions: TypeAlias = dict[str, int]
"""When each was last used, to the day."""


class Access:
    """Who may ask. Made by `opened_access`; `made` is the key that was made just now, None where that was not needed.

    Lives on the event loop, and writes on a thread of its own, one change after the other.
    """

    def __init__(self, directory: Path, given: str | None, clock: Clock, writer: ThreadPoolExecutor) -> None:
        self._directory = directory
        self._clock = clock
        self._writer = writer
        self._ended: Callable[[str], None] = lambda _session: None
        self._noted: Sessions = {}  # what is being written
        self.made: str | None = None
        kept = access_file.read(directory)
        if given is None and kept.made is None:
            self.made = make_key()
        made = kept.made if self.made is None else digest_of(self.made)
        self._key: Key = MadeKey(made or "") if given is None else GivenKey(given)
        # They were opened with another key: whoever changed it wants them gone, even if it is changed back.
        is_same = kept.seal is not None and self._key.fits(kept.seal)
        self._kept = Kept(made=made, seal=kept.seal, sessions=kept.sessions) if is_same else Kept(made=made)
        if self._kept != kept:
            access_file.write(directory, self._kept)

    def bind(self, ended: Callable[[str], None]) -> None:
        """Say who is to be told of each session that ends."""
        self._ended = ended

    def accepts(self, key: str) -> bool:
        """Return whether this is the key."""
        return self._key.accepts(key)

    def session(self, value: str) -> str | None:
        """Return which session the value stands for, None where it has ended or never was; it is used now."""
        session = _session_of(value)
        used_ms = self._kept.sessions.get(session)
        if used_ms is None:
            return None
        now_ms = self._clock.wall_ms()
        used_ms = self._noted.get(session, used_ms)
        if now_ms - used_ms > MAX_IDLE_MS:
            self._ended(session)
            return None
        # To the day will do, so that a page that is open writes nothing.
        if abs(now_ms - used_ms) > DAY_MS:
            self._noted[session] = now_ms
            self._note_later(session, now_ms)
        return session

    async def begin(self, *before: str) -> str:
        """Open a session in place of those `before`, and return the value that stands for it.

        It is on the disk on return. Raises StorageError, and then those before go on.
        """
        value = secrets.token_urlsafe(_VALUE_BYTES)
        now_ms = self._clock.wall_ms()

        def begun(sessions: Sessions) -> Sessions:
            others = ((ms, name) for name, ms in sessions.items() if name not in before)
            live = sorted((ms, name) for ms, name in others if now_ms - ms <= MAX_IDLE_MS)
            return {**{name: ms for ms, name in live[-(MAX_SESSIONS - 1) :]}, _session_of(value): now_ms}

        await self._change(begun)
        return value

    async def end(self, session: str) -> None:
        """End a session; that is on the disk on return. Raises StorageError, and then it goes on."""
        await self._change(lambda sessions: {name: ms for name, ms in sessions.items() if name != session})

    async def _change(self, change: Callable[[Sessions], Sessions]) -> None:
        before = self._kept.sessions
        await asyncio.get_running_loop().run_in_executor(self._writer, self._apply, change)
        for session in before.keys() - self._kept.sessions.keys():
            self._noted.pop(session, None)
            self._ended(session)

    def _note_later(self, session: str, now_ms: int) -> None:
        """Have it written that a session was used; where that fails, it is tried again the next day."""

        def noted(sessions: Sessions) -> Sessions:
            return {**sessions, session: now_ms} if session in sessions else sessions

        self._writer.submit(self._apply, noted).add_done_callback(_tell_failure)

    def _apply(self, change: Callable[[Sessions], Sessions]) -> None:
        """Change the sessions, on the disk first. On the writing thread alone, so that changes take turns."""
        seal = self._kept.seal or self._key.seal()
        changed = Kept(made=self._kept.made, seal=seal, sessions=change(self._kept.sessions))
        access_file.write(self._directory, changed)
        self._kept = changed


@contextmanager
def opened_access(directory: Path, given: str | None, clock: Clock) -> Iterator[Access]:
    """Yield who may ask, by the key `given`, or else by the one that was made here, at the latest now.

    Raises AccessFileDamagedError, or StorageError where what is kept cannot be read or written.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="access-write") as writer:
        yield Access(directory, given, clock, writer)


def _session_of(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogateescape")).hexdigest()


def _tell_failure(written: Future[None]) -> None:
    error = written.exception()
    if isinstance(error, StorageError):
        _log.warning("%s", error)
    elif error is not None:
        raise error
