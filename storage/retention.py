"""Owns when old records are let go: at the start, every hour, and when the configuration changes.

What is old, and how it goes, is `history`'s.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from domain.clock import Clock
from domain.errors import StorageError
from storage.history import History
from storage.settings import Settings

_EVERY_S: Final = 3600.0
_LOG: Final = logging.getLogger("ccurve.retention")


@asynccontextmanager
async def pruning(
    history: History, settings: Settings, clock: Clock, pruned: Callable[[], None]
) -> AsyncIterator[None]:
    """Prune in the background while the context is open, and call `pruned` whenever something went."""
    task = asyncio.create_task(_keep_pruning(history, settings, clock, pruned), name="pruning")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_pruning(history: History, settings: Settings, clock: Clock, pruned: Callable[[], None]) -> None:
    while True:
        settings.changed.clear()
        before = history.summary()
        try:
            removed = await history.prune(clock.wall_ms())
        except StorageError as error:
            _LOG.warning("Old records stay for another hour: %s", error)
        else:
            if removed:
                _LOG.info("%d records older than the configuration allows were removed.", removed)
            if history.summary() != before:
                pruned()
        await clock.wait(settings.changed, _EVERY_S)
