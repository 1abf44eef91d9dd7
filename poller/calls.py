"""Owns the threads on which the relay is asked: one call at a time, each with a deadline over the whole of it.

What a call says is `poller.exchange`'s; who makes one, and when, is decided elsewhere.
"""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from domain.errors import UpstreamUnavailableError
from poller.line import Line

T = TypeVar("T")

_GRACE_S: Final = 1.0
"""How long a call that was cut may take to tell how it ended. Only the look-up of a name takes longer."""


class Calls:
    """Runs one blocking call at a time on a daemon thread of its own.

    A pool's threads would be joined when the process ends; a daemon that hangs in a name look-up, which nothing can
    interrupt, is left behind.
    """

    def __init__(self, deadline_s: float) -> None:
        self._deadline_s = deadline_s
        self._free = asyncio.Semaphore(1)
        self._line: Line | None = None
        self._limit: asyncio.Timeout | None = None
        self._closed = False

    async def run(self, work: Callable[[Line], T]) -> T:
        """Return what `work` returns; it is given the line that it must speak on.

        Waits for the call before it, for a deadline at most. After the deadline, and when given up, the line is cut;
        `work` then returns what it has, with `line.cut_reason` set. Raises UpstreamUnavailableError where it does not
        return all the same, and whatever `work` raises. When this is cancelled, the call ends too.
        """
        await self._turn()
        line = Line()
        try:
            result = self._started(work, line)
        except RuntimeError as error:
            self._free.release()
            raise UpstreamUnavailableError("This machine has no room for another thread.") from error
        self._line = line
        try:
            return await self._ended(result, line)
        finally:
            line.cut("Nobody waits for the relay's answer any more.")

    def give_up(self, reason: str) -> None:
        """End the call that is under way, if any; who waits for it is told `reason`."""
        if self._line is not None:
            self._line.cut(reason)
        if self._limit is not None and not self._limit.expired():
            self._limit.reschedule(asyncio.get_running_loop().time())

    async def close(self) -> None:
        """End the call that is under way and refuse all others. Returns within a second or so."""
        self._closed = True
        self.give_up("CCurve is stopping.")
        try:
            async with asyncio.timeout(_GRACE_S):
                await self._free.acquire()
        except TimeoutError:
            return
        self._free.release()

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(self._deadline_s):
                await self._free.acquire()
        except TimeoutError:
            raise UpstreamUnavailableError("An earlier call to the relay has not ended yet.") from None
        if self._closed:
            self._free.release()
            raise UpstreamUnavailableError("CCurve is stopping.")

    def _started(self, work: Callable[[Line], T], line: Line) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        result: asyncio.Future[T] = loop.create_future()

        def deliver(settle: Callable[[], None]) -> None:
            self._line = None
            self._free.release()
            if not result.done():
                settle()

        def call() -> None:
            settle: Callable[[], None]
            try:
                settle = partial(result.set_result, work(line))
            except Exception as error:  # noqa: BLE001 - handed to who awaits it, whatever it is
                settle = partial(result.set_exception, error)
            line.close()
            try:
                loop.call_soon_threadsafe(deliver, settle)
            except RuntimeError:  # the loop is closed, and nobody is left who could wait
                return

        threading.Thread(target=call, name="relay call", daemon=True).start()
        return result

    async def _ended(self, result: asyncio.Future[T], line: Line) -> T:
        try:
            async with asyncio.timeout(self._deadline_s) as self._limit:
                return await asyncio.shield(result)
        except TimeoutError:
            reason = f"The {line.partner.name} did not answer within {self._deadline_s:g} seconds."
            line.cut(reason)
        finally:
            self._limit = None
        try:
            async with asyncio.timeout(_GRACE_S):
                return await result
        except TimeoutError:
            raise UpstreamUnavailableError(line.cut_reason or reason) from None
