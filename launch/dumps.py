"""Owns that a crash leaves no picture of the memory behind: the cookie is in it.

Other programs of the same person may still look into the memory, as they may into the cookie's file.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt

    def forbid_dumps() -> None:
        """Have Windows end a program that crashes rather than report it with a part of its memory.

        SEM_NOGPFAULTERRORBOX keeps Windows Error Reporting out (SetErrorMode in Microsoft's reference; read, not run).
        """
        msvcrt.SetErrorMode(msvcrt.SEM_NOGPFAULTERRORBOX)

else:
    import resource

    # One byte is less than any dump, so none is written. Linux may hand dumps to a program instead and heeds no limit
    # then, but for this one, which it takes for a no (fs/coredump.c, "RLIMIT_CORE is set to 1, aborting core").
    _NONE: Final = 1 if sys.platform == "linux" else 0
    _FILTER: Final = Path("/proc/self/coredump_filter")

    def forbid_dumps() -> None:
        """Have a crash leave no core dump, in a file or with a program, for as long as the process lives.

        Only the soft limit falls, which a browser that is started from here may raise again.
        """
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (_NONE if most == resource.RLIM_INFINITY else min(_NONE, most), most))
        if sys.platform == "linux":
            # Should one be made all the same (the hard limit may be 0), no memory goes into it: core(5).
            with suppress(OSError):
                _FILTER.write_bytes(b"0")
