"""Owns the wish to stop: the signals that mean it, on every system, from the first moment to the last.

What stopping takes is for whoever waits on the event.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio

# A closed terminal is SIGHUP, Ctrl-Break on Windows SIGBREAK.
_SIGNALS: Final = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
]


def exit_on_signals() -> None:
    """Let any of the signals end the program with success, there and then: nobody is served yet.

    Nothing is tidied up. What a kill may leave behind, the next start puts right; an exception out of nowhere, in the
    middle of an import say, is what nothing is prepared for.
    """
    for number in _heeded():
        signal.signal(number, _exit)


def end_by_signals() -> None:
    """Let any of the signals end the program as it would any other: with what it was to do undone, and no success."""
    for number in _heeded():
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def stop_on_signals() -> Iterator["asyncio.Event"]:
    """Yield an event that any of the signals sets, or the closing of a console, from the main thread's running loop.

    After it the program is ending already, and a further signal changes nothing.
    """
    import asyncio  # noqa: PLC0415 - takes a while to import, and signals must be minded before

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def request(*_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    for number in _heeded():
        # Not the loop's own add_signal_handler, which Windows does not have.
        signal.signal(number, request)
    if sys.platform == "win32":
        from launch.windows import call_when_closed  # noqa: PLC0415 - takes a while to import

        call_when_closed(request)
    try:
        yield stop
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)


def _heeded() -> list[signal.Signals]:
    """Return the signals to mind: all, but that of a closed terminal where nohup had it ignored from the start."""
    return [number for number in _SIGNALS if number.name != "SIGHUP" or signal.getsignal(number) is not signal.SIG_IGN]


def _exit(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)
