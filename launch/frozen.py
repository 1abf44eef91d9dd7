"""Owns what PyInstaller's bootloader does to the program that it carries: where it unpacks it, from which process.

What follows from that is for others: `outer`, `leftovers`. The facts are those of version 6.22, `bootloader/src`.
"""

import os
import re
import sys
from pathlib import Path
from typing import Final

# The process that unpacks names the folder after itself, in hexadecimal, and adds something random; it then waits for a
# second process, which is this one, and removes the folder behind it (pyi_utils_posix.c, pyi_utils_win32.c).
UNPACKED: Final = re.compile(r"_MEI([0-9a-f]{8})\w+")
_LIBRARIES: Final = "LD_LIBRARY_PATH"


def unpacked() -> Path | None:
    """Return the folder that the one file was unpacked into; None for the one-folder build and for a checkout."""
    folder = _home()
    return Path(folder) if folder and UNPACKED.fullmatch(Path(folder).name) else None


def outer_process() -> int | None:
    """Return the process that unpacked the one file and waits for this one, whether it still lives or not."""
    folder = unpacked()
    name = UNPACKED.fullmatch(folder.name) if folder else None
    return int(name[1], 16) if name else None


def restore_environment() -> None:
    """Take back what the bootloader did to the environment: programs started from here would load our libraries.

    A matter for the start, before there are threads. This process has what it needed of it by then: the loader of
    libraries reads its variable once, when a process begins.
    """
    folder = _home()
    if folder is None:
        return
    for name in [name for name in os.environ if name.startswith("_PYI_")]:
        del os.environ[name]
    if sys.platform == "linux":
        before = os.environ.pop(_LIBRARIES, "").removeprefix(folder).removeprefix(os.pathsep)
        if before:
            os.environ[_LIBRARIES] = before
        # The copy of the bootloader; one with another value is somebody else's.
        if os.environ.get(f"{_LIBRARIES}_ORIG") == before:
            del os.environ[f"{_LIBRARIES}_ORIG"]


def _home() -> str | None:
    return getattr(sys, "_MEIPASS", None)
