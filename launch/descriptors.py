"""Owns how many descriptors, for files and connections, this process may have: enough, or it does not start.

Windows knows no such limit.
"""

import sys
from typing import Final

from domain.errors import StartError

LEAST: Final = 64
"""Some thirty are held by its files, its threads and a first page; the rest is for what else people open."""

if sys.platform == "win32":

    def ensure_descriptors() -> None:
        """Do nothing."""

else:
    import resource

    def ensure_descriptors() -> None:
        """Raise StartError where there are fewer than `LEAST`, and cannot be more."""
        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        if now == resource.RLIM_INFINITY or now >= LEAST:
            return
        if most != resource.RLIM_INFINITY and most < LEAST:
            raise StartError(
                f"CCurve may have {most} files open at once, and needs {LEAST}. Allow it more: ulimit -n {LEAST}."
            )
        resource.setrlimit(resource.RLIMIT_NOFILE, (LEAST, most))
