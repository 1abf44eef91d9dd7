"""Owns that memory which was needed once goes back to the system.

glibc gives most threads an arena of their own and keeps what is freed at the end of each, up to a threshold that grows
with the largest block ever freed: to 32 MB after one answer of 16 MB (mallopt(3)).
"""

import sys
from typing import Final

# Names and numbers are those of glibc's malloc.h.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_KEPT_BYTES: Final = 1 << 20
"""Both thresholds. To set one keeps both from growing; at 128 KiB, where they start, usual answers take longer."""

_ARENAS: Final = 2
"""Python runs one thread at a time: more would hold more free memory, and save nobody from waiting."""


def give_memory_back() -> None:
    """Have an arena keep a mebibyte of what is freed, and few arenas. Does nothing where the C library is not glibc."""
    if sys.platform != "linux":
        return
    try:
        import ctypes  # noqa: PLC0415 - takes some milliseconds, which nobody waits for at the start
    except ImportError:  # a Python that was built without libffi
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES)
        mallopt(_M_MMAP_THRESHOLD, _KEPT_BYTES)
        mallopt(_M_ARENA_MAX, _ARENAS)
