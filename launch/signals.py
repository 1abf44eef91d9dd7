"""Owns the wish to stop: the signals that mean it, on every system, from the first moment to the last.

What stopping takes is for whoever waits on the event, and for the blocks that `SystemExit` leaves.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio

# A closed terminal is SIGHUP; Windows has none, but SIGBREAK for Ctrl-Break and a closed console.
_SIGNALS: Final = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
]


def exit_on_signals() -> None:
    """Let any of the signals end the program with success, wherever it is: nobody is served yet."""
    for number in _SIGNALS:
        signal.signal(number, _exit)


@contextmanager
def stop_on_signals() -> Iterator["asyncio.Event"]:
    """Yield an event that any of the signals sets, from the main thread's running loop.

    After it the program is ending already, and a further signal changes nothing.
    """
    import asyncio  # noqa: PLC0415 - takes a while to import, and signals must be minded before

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in _SIGNALS:
        # Not the loop's own add_signal_handler, which Windows does not have.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        yield stop
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)


def _exit(_number: int, _frame: FrameType | None) -> None:
    # One is enough: a second must not break into the tidying up.
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)
