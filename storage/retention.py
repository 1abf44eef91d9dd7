"""Owns when old records are let go: at the start, every hour, and when the configuration changes.

What is old, and how it goes, is `history`'s.
"""

import logging
from collections.abc import Callable
from typing import Final

from domain.clock import Clock
from domain.errors import StorageError
from storage.history import History
from storage.settings import Settings

_EVERY_S: Final = 3600.0
_LOG: Final = logging.getLogger("ccurve.retention")


async def keep_pruning(history: History, settings: Settings, clock: Clock, pruned: Callable[[], None]) -> None:
    """Prune for ever, and call `pruned` whenever something went. Cancel it to end it."""
    while True:
        settings.changed.clear()
        try:
            removed = await history.prune(clock.wall_ms())
        except StorageError as error:
            _LOG.warning("Old records stay for another hour: %s", error)
        else:
            if removed:
                _LOG.info("%d records older than the configuration allows were removed.", removed)
                pruned()
        await clock.wait(settings.changed, _EVERY_S)
