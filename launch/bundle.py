"""Owns what the frozen program does with what lies inside it: all of it is in memory soon after the start.

Its files lie in a temporary directory, which may be cleaned while it runs for weeks, and the program's own file may be
replaced by a newer one. `build.spec` puts in what is read here. In a checkout there is nothing to do.
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

MODULES: Final = "modules.txt"
"""The name of every module inside, one on a line."""


def zones() -> dict[str, bytes]:
    """Return the time zones that lie inside, as TZif files (RFC 8536) by name; none in a checkout."""
    folder = _folder()
    return msgspec.msgpack.decode((folder / ZONES).read_bytes(), type=dict[str, bytes]) if folder else {}


async def load_rest() -> None:
    """Import what lies inside and was not yet needed, one module at a time: whoever asks meanwhile is answered."""
    folder = _folder()
    if folder is None:
        return
    for name in (folder / MODULES).read_text(encoding="utf-8").split():
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except ImportError as error:
                _log.warning("%s lies inside, but cannot be loaded: %s", name, error)
            await asyncio.sleep(0)
    _log.debug("All that lies inside is in memory.")


def _folder() -> Path | None:
    folder = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None
