"""Owns when a backup is taken by itself: once a day, where something was written since the last one.

How one is taken is `backup`'s. Who verifies it is handed over: that takes seconds of Python, during which this process
would answer slowly.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from domain.clock import Clock
from domain.errors import BackupPostponedError, StorageError
from storage import files, shelf
from storage.history import History
from storage.trouble import translated

T = TypeVar("T")

Verify: TypeAlias = Callable[[Path], Awaitable[None]]
"""Checks the whole of a data directory that nobody uses. Raises StorageError where something is wrong with it."""

Went: TypeAlias = Callable[[StorageError | None], None]

_EVERY_S: Final = 3600.0
_DAY_MS: Final = 86_400_000
_LOG: Final = logging.getLogger("ccurve.backups")


@asynccontextmanager
async def backing_up(
    directory: Path, history: History, clock: Clock, verify: Verify, went: Went
) -> AsyncIterator[None]:
    """Back up in the background while the context is open; one that is under way at its end is given up.

    `went` is called with the error where that failed, and with None once it is over. One that was put off, for it would
    have taken the room of new records, has not failed: the log alone tells of it.
    """
    task = asyncio.create_task(_keep_backing_up(directory, history, clock, verify, went), name="backups")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_backing_up(directory: Path, history: History, clock: Clock, verify: Verify, went: Went) -> None:
    failed = False
    never = asyncio.Event()
    while True:
        now_ms = clock.wall_ms()
        try:
            if history.summary().records and await asyncio.to_thread(_is_due, directory, now_ms):
                path = await _back_up(directory, history, now_ms, verify)
                _LOG.log(logging.WARNING if failed else logging.INFO, "The history was backed up to %s.", path)
                failed = False
                went(None)
        except StorageError as error:
            if not failed:
                _LOG.warning("There is no backup of today yet; it is tried again every hour. %s", error)
            failed = True
            went(None if isinstance(error, BackupPostponedError) else error)
        await clock.wait(never, _EVERY_S)


def _is_due(directory: Path, now_ms: int) -> bool:
    with translated("look for backups", directory):
        # One from the future says nothing: the clock was wrong.
        taken_ms = max((one.taken_ms for one in shelf.listed(directory) if one.taken_ms <= now_ms), default=None)
        # LMDB writes to the file at each commit, and at no other time.
        written_ms = (directory / files.HISTORY).stat().st_mtime_ns // 1_000_000
    return taken_ms is None or (now_ms - taken_ms >= _DAY_MS and written_ms >= taken_ms)


async def _back_up(directory: Path, history: History, now_ms: int, verify: Verify) -> Path:
    from storage.backup import Backup  # noqa: PLC0415 - what it needs takes a while to import

    backup = Backup(directory, shelf.place(directory, now_ms, "daily"))
    abandoned = threading.Event()
    await _finished(asyncio.to_thread(backup.begin), abandoned)
    try:
        await _finished(history.copy(backup.copy), abandoned)
        await verify(backup.folder)
        path = await _finished(asyncio.to_thread(partial(backup.finish, abandoned.is_set)), abandoned)
    except BaseException:
        with suppress(StorageError):  # the next one removes it, and how this one ended matters more
            await asyncio.to_thread(backup.discard)
        raise
    await asyncio.to_thread(backup.discard)
    return path


async def _finished(work: Awaitable[T], abandoned: threading.Event) -> T:
    """Wait for work on a thread, even where nobody wants it any more: it uses what is taken away next."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        abandoned.set()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # how it ended is no matter now
        raise
