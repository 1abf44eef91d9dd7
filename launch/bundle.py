"""Owns what the frozen program does with what lies inside it: all of it is in memory once it serves.

What was unpacked lies in a temporary directory, which may be cleaned while it runs for weeks; the rest lies in the
program's own file, which may be replaced by a newer one. `build.spec` puts in what is read here. In a checkout there is
nothing to do.
"""

import asyncio
import importlib
import logging
import sys
from pathlib import Path
from typing import Final

import msgspec

_log: Final = logging.getLogger(__name__)

ZONES: Final = "zones.msgpack"
"""All time zones, by name."""

UNPACKED: Final = "unpacked.txt"
"""The names of the modules that were unpacked, one on a line."""

PACKED: Final = "packed.txt"
"""The names of those that lie in the program's own file, one on a line."""


def zones() -> dict[str, bytes]:
    """Return the time zones that lie inside, as TZif files (RFC 8536) by name; none in a checkout."""
    folder = _folder()
    return msgspec.msgpack.decode((folder / ZONES).read_bytes(), type=dict[str, bytes]) if folder else {}


class Rest:
    """What lies inside and was not needed on the way to the first answer. Made and loaded before that."""

    def __init__(self) -> None:
        """Import what was unpacked: it may be gone soon, and takes some milliseconds."""
        for name in _names(UNPACKED):
            _load(name)
        self._packed = _names(PACKED)

    async def load(self) -> None:
        """Import all others, one module at a time: whoever asks meanwhile is answered."""
        for name in self._packed:
            _load(name)
            await asyncio.sleep(0)
        _log.debug("All that lies inside is in memory.")


def _names(listed: str) -> list[str]:
    folder = _folder()
    return (folder / listed).read_text(encoding="utf-8").split() if folder else []


def _load(name: str) -> None:
    if name not in sys.modules:
        try:
            importlib.import_module(name)
        except ImportError as error:
            _log.warning("%s lies inside, but cannot be loaded: %s", name, error)


def _folder() -> Path | None:
    folder = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None
