"""Owns the opening and closing of everything that is kept, in order."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from domain.clock import Clock, SystemClock
from storage import files
from storage.cookie import CookieStore, finish_change
from storage.environment import Environment
from storage.history import History
from storage.pages import layout, reading
from storage.replacing import finish_restore
from storage.schema import VERSION, bring_up_to_date
from storage.settings import Settings
from storage.soundness import ensure_sound, mark_clean_end

_CLOCK: Final = SystemClock()


class Store(Struct, frozen=True):
    """What is kept, open."""

    history: History
    settings: Settings
    cookies: CookieStore


@contextmanager
def opened(directory: Path, clock: Clock = _CLOCK) -> Iterator[Store]:
    """Open the store in a prepared data directory that this process alone uses; close it on leaving.

    Where this release changes its layout, a backup is taken before.
    Raises StartError where what lies there cannot be used, StorageError where it cannot be read.
    """
    finish_change(directory)
    finish_restore(directory)
    ensure_sound(directory)
    _ensure_ours(directory / files.HISTORY, clock)
    environment = Environment(directory / files.HISTORY, bring_up_to_date)
    try:
        settings = Settings(environment)
        yield Store(History(environment, settings), settings, CookieStore(directory, environment))
    finally:
        environment.close()
        with suppress(OSError):
            if environment.place.kept:
                mark_clean_end(directory)


def _ensure_ours(history: Path, clock: Clock) -> None:
    """Look at a history before anything is written to it, and back it up where it will be migrated."""
    if history.exists():
        with reading(history) as (env, transaction):
            version = layout(history, env, transaction)
        if version is not None and version < VERSION:
            from storage.backup import back_up_before_migration  # noqa: PLC0415 - only where there is one

            back_up_before_migration(history.parent, clock.wall_ms(), version)
