"""Owns the end of the outer process of the one file, however it dies: it is the end of this one, too.

Left to itself, this process would go on serving, and nobody would know what to end.
"""

import asyncio
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Final

from launch.frozen import outer_process

_PAUSE_S: Final = 2.0


def stop_with_outer(stop: asyncio.Event) -> None:
    """Set `stop` when the outer process has died, or has died before; nothing where there is none."""
    if outer_process() is None:
        return
    loop = asyncio.get_running_loop()

    def end() -> None:
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    call_after_outer(end)


def call_after_outer(end: Callable[[], object]) -> None:
    """Call `end`, on a thread of its own, when the outer process has died; nothing where there is none."""
    outer = outer_process()
    if outer is None:
        return

    def watch() -> None:
        if _wait_for_end(outer):
            end()

    threading.Thread(target=watch, name="outer", daemon=True).start()


# On Windows a process keeps the number of its parent for ever; elsewhere it gets another parent when that one dies, so
# that whoever is asked about while still the parent is no other process that got its number.
if sys.platform == "win32":

    def _wait_for_end(outer: int) -> bool:
        from launch.windows import wait_for_end  # noqa: PLC0415 - takes a while to import

        return wait_for_end(outer)

elif sys.platform == "linux":

    def _wait_for_end(outer: int) -> bool:
        try:
            descriptor = os.pidfd_open(outer)
        except (AttributeError, OSError):  # no such call (kernels before 5.3), or no such process
            return _look_for_end(outer)
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        if os.getppid() == outer:
            poll.poll()
        os.close(descriptor)
        return True

elif sys.platform == "darwin":

    def _wait_for_end(outer: int) -> bool:
        with closing(select.kqueue()) as queue:
            end = select.kevent(outer, select.KQ_FILTER_PROC, select.KQ_EV_ADD, select.KQ_NOTE_EXIT)
            try:
                queue.control([end], 0)
            except OSError:  # there is no such process
                return _look_for_end(outer)
            if os.getppid() == outer:
                queue.control(None, 1)
        return True

else:

    def _wait_for_end(outer: int) -> bool:
        return _look_for_end(outer)


def _look_for_end(outer: int) -> bool:
    while os.getppid() == outer:
        time.sleep(_PAUSE_S)
    return True
