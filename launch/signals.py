"""Owns the wish to stop: the signals that mean it, on every system, become one event.

What stopping takes is for whoever waits on the event.
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# A closed terminal is SIGHUP; Windows has none, but SIGBREAK for Ctrl-Break and a closed console.
_SIGNALS: Final = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
]


@contextmanager
def stop_on_signals() -> Iterator[asyncio.Event]:
    """Yield an event that any of the signals sets, from the main thread's running loop."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    # Not the loop's own add_signal_handler, which Windows does not have.
    before = {number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set)) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
