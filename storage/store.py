"""Owns the opening and closing of everything that is kept, in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from storage import files
from storage.cookie import CookieStore, finish_change
from storage.environment import Environment
from storage.history import History
from storage.schema import bring_up_to_date
from storage.settings import Settings
from storage.soundness import ensure_sound, mark_clean_end


class Store(Struct, frozen=True):
    """What is kept, open."""

    history: History
    settings: Settings
    cookies: CookieStore


@contextmanager
def opened(directory: Path) -> Iterator[Store]:
    """Open the store in a prepared data directory that this process alone uses; close it on leaving.

    Raises StartError where what lies there cannot be used, StorageError where it cannot be read.
    """
    finish_change(directory)
    ensure_sound(directory)
    environment = Environment(directory / files.HISTORY, bring_up_to_date)
    try:
        settings = Settings(environment)
        yield Store(History(environment, settings), settings, CookieStore(directory, environment))
    finally:
        environment.close()
        mark_clean_end(directory)
