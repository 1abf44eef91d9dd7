"""Owns the limit on open files, each connection being one: enough of them, or CCurve does not start.

How many connections that makes is `web.limits`'.
"""

import sys
from typing import Final

from domain.errors import StartError

LEAST: Final = 64
"""Some thirty are held by the store, the threads and a first page; the rest is for what else people open."""

_WANTED: Final = 4_096
"""More than anything here needs. macOS refuses to go beyond 10,240, however high it says that the limit may be."""


def allow_open_files() -> int:
    """Raise the limit to what is wanted, as far as this process may; return how many files may be open at once.

    Raises StartError where those are fewer than `LEAST`.
    """
    if sys.platform == "win32":
        return _WANTED  # there sockets are no files, and nothing else limits them
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _WANTED:
        return _WANTED
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        wanted = soft
    if wanted < LEAST:
        raise StartError(
            f"CCurve may have {wanted} files open at once, and needs {LEAST}. Allow it more: ulimit -n {LEAST}."
        )
    return wanted
