"""Owns what is asked of Windows that Python has no words for: sessions, consoles, the end of another process.

Imported there alone, since ctypes takes a while. Each function is that of the same name in Microsoft's reference.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Final

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _KERNEL: Final = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _KERNEL.OpenProcess.restype = wintypes.HANDLE
    _KERNEL.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)

    _SYNCHRONIZE: Final = 0x0010_0000
    _INFINITE: Final = 0xFFFF_FFFF
    _NO_SUCH_PROCESS: Final = 87  # ERROR_INVALID_PARAMETER
    _CLOSE_LOGOFF_SHUTDOWN: Final = {2, 5, 6}
    _MANY: Final = 16

    _Handler: Final = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    _handlers: Final[list[object]] = []  # Windows calls them for as long as the process lives

    def wait_for_end(process: int) -> bool:
        """Wait until the process has ended; False, at once, where that cannot be known."""
        handle = _KERNEL.OpenProcess(_SYNCHRONIZE, False, process)  # noqa: FBT003 - not inherited
        if not handle:
            return ctypes.get_last_error() == _NO_SUCH_PROCESS
        _KERNEL.WaitForSingleObject(handle, _INFINITE)
        return True

    def call_when_closed(stop: Callable[[], object]) -> None:
        """Call `stop`, on a thread, when the console is closed or the session ends.

        Windows ends the process when a handler returns, and after 5 seconds in any case: this one does not return.
        It comes before those that Python set, for the last one set is asked first.
        """

        def handle(event: int) -> bool:
            if event in _CLOSE_LOGOFF_SHUTDOWN:
                stop()
                threading.Event().wait()
            return False

        handler = _Handler(handle)
        _handlers.append(handler)
        _KERNEL.SetConsoleCtrlHandler(handler, True)  # noqa: FBT003 - added, not removed

    def processes_on_console() -> int:
        """Return how many processes share the console, this one among them; 0 where there is none."""
        count: int = _KERNEL.GetConsoleProcessList((wintypes.DWORD * _MANY)(), _MANY)
        return count

    def in_session_of_services() -> bool:
        """Say whether this is session 0, which has no desktop: that of services, of tasks without login, of sshd."""
        session = wintypes.DWORD()
        found = _KERNEL.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return bool(found) and session.value == 0

    def forget_library_folder() -> None:
        """Let programs started from here find their own libraries, not those that the bootloader pointed Windows to."""
        _KERNEL.SetDllDirectoryW(None)
