"""Owns a clock that a program's tests turn from outside, and the knowledge of when all who wait on it have acted.

It implements `domain.clock.Clock`. Who turns it is `turned_app`'s.
"""

import asyncio


class TurnedClock:
    """Stands still until it is turned. The tasks called `resting` are those that must wait before it is turned on."""

    def __init__(self, wall_ms: int, resting: frozenset[str]) -> None:
        self._wall_ms = wall_ms
        self._monotonic_s = 1000.0
        self._resting = resting
        self._idle: set[str] = set()
        self._waiters: dict[str, tuple[float, asyncio.Future[None]]] = {}
        self._came = asyncio.Event()

    def wall_ms(self) -> int:
        return self._wall_ms

    def monotonic_s(self) -> float:
        return self._monotonic_s

    async def wait(self, event: asyncio.Event, timeout_s: float) -> None:
        name, over = _task_name(), asyncio.get_running_loop().create_future()
        self._waiters[name] = (self._monotonic_s + timeout_s, over)
        self._came.set()
        happened = asyncio.create_task(event.wait())
        try:
            await asyncio.wait([happened, over], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiters.pop(name, None)
            happened.cancel()

    async def run(self, seconds: float) -> None:
        """Let time pass, and everybody who waits on the clock act at their time, and rest again."""
        end_s = self._monotonic_s + seconds
        while True:
            await self.settled()
            next_s = min((until_s for until_s, _ in self._waiters.values()), default=end_s)
            self._turn(min(next_s, end_s))
            if next_s >= end_s:
                await self.settled()
                return

    def shift(self, seconds: float) -> None:
        """Turn the wall clock alone: the machine slept, or somebody has set its clock."""
        self._wall_ms += round(seconds * 1000)

    async def settled(self) -> None:
        """Return when all who must wait do so."""
        while not self._resting <= self._waiters.keys() | self._idle:
            self._came.clear()
            await self._came.wait()

    def rests(self, name: str) -> None:
        """Note that a task waits for something else than time."""
        self._idle.add(name)
        self._came.set()

    def stirs(self, name: str) -> None:
        """Note that a task has something to do, whatever it waited for."""
        self._idle.discard(name)
        self._waiters.pop(name, None)

    def _turn(self, monotonic_s: float) -> None:
        self._wall_ms += round((monotonic_s - self._monotonic_s) * 1000)
        self._monotonic_s = monotonic_s
        for name, (until_s, over) in list(self._waiters.items()):
            if until_s <= monotonic_s:
                del self._waiters[name]
                over.set_result(None)


class NotedEvent(asyncio.Event):
    """An event of which the clock knows when the task called `name` waits for it alone."""

    def __init__(self, clock: TurnedClock, name: str) -> None:
        super().__init__()
        self._clock = clock
        self._name = name

    async def wait(self) -> bool:  # type: ignore[override] # it says True, always
        if _task_name() == self._name and not self.is_set():
            self._clock.rests(self._name)
        return await super().wait()

    def set(self) -> None:
        super().set()
        self._clock.stirs(self._name)


def _task_name() -> str:
    task = asyncio.current_task()
    assert task is not None
    return task.get_name()
