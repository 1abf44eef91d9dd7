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
_AGAIN_S: Final = 60.0
_LOG: Final = logging.getLogger("ccurve.retention")


@asynccontextmanager
async def pruning(
    history: History,
    settings: Settings,
    clock: Clock,
    pruned: Callable[[], None],
    went: Callable[[StorageError | None], None],
) -> AsyncIterator[None]:
    """Prune in the background while the context is open.

    `pruned` is called whenever something went; `went` with the error where that failed, and with None once it is over.
    """
    task = asyncio.create_task(_keep_pruning(history, settings, clock, pruned, went), name="pruning")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_pruning(
    history: History,
    settings: Settings,
    clock: Clock,
    pruned: Callable[[], None],
    went: Callable[[StorageError | None], None],
) -> None:
    failing = False
    while True:
        settings.changed.clear()
        before = history.summary()
        try:
            removed = await history.prune(clock.wall_ms())
        except StorageError as error:
            if not failing:
                _LOG.warning("Old records stay for now: %s", error)
            failing = True
            went(error)
        else:
            if removed:
                _LOG.info("%d records older than the configuration allows were removed.", removed)
            if failing:
                failing = False
                went(None)
        # Of what was to go, a part may have gone before it failed.
        if history.summary() != before:
            pruned()
        await clock.wait(settings.changed, _AGAIN_S if failing else _EVERY_S)
