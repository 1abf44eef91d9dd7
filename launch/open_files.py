"""Owns the limit on open files, each connection being one.

How many connections that makes is `web.limits`'.
"""

import sys
from typing import Final

_WANTED: Final = 4_096
"""More than anything here needs. macOS refuses to go beyond 10,240, however high it says that the limit may be."""


def allow_open_files() -> int:
    """Raise the limit to what is wanted, as far as this process may; return how many files may be open at once."""
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
        return soft
    return wanted
