"""Owns the charges of the simulated relay: which there are is a pure function of the seed, the zone and time.

How they are served is `poller.demo`'s.
"""

from collections.abc import Iterator
from random import Random
from typing import Final

from msgspec import Struct

from domain.windows import DAY_S
from domain.zones import Zone

_DAY_MS: Final = DAY_S * 1000
_HOUR_S: Final = 3600
_SLOT_MS: Final = 600_000
_BREATH_MS: Final = 1000
_SATURDAY: Final = 5
_THURSDAY: Final = 3
_LARGEST: Final = 900


class Charge(Struct, frozen=True):
    """One request: when (UTC epoch milliseconds), which model, how many credits. A mere count of tokens costs 0."""

    created_ms: int
    model: str
    credits: int

    @property
    def id(self) -> int:
        """Its identity, which grows with time: no two requests fall within one tenth of a second."""
        return self.created_ms // 100


class _Model(Struct, frozen=True):
    """A model: how often a task is given to it, what a request costs in the middle, and how far amounts spread."""

    name: str
    weight: float
    middle: float
    spread: float


_HAIKU: Final = _Model("claude-3-5-haiku-20241022", 0, 1.6, 0.5)
_MODELS: Final = (
    _Model("claude-sonnet-4-5-20250929", 0.5, 13, 0.65),
    _Model("claude-sonnet-4-20250514", 0.28, 11, 0.6),
    _Model("claude-opus-4-1-20250805", 0.22, 55, 0.7),
)


class _Pace(Struct, frozen=True):
    """How somebody works: seconds between tasks, at least and at most, and how many requests a task has at most."""

    least_pause_s: float
    most_pause_s: float
    most_requests: int


_WORKING: Final = _Pace(60, 1100, 45)
_SHOWING: Final = _Pace(12, 30, 9)


class Traffic:
    """A developer's charges: working days in their zone, and from `lively_from_ms` on something at any hour.

    Days hold bursts of requests seconds apart, pauses, lunch, and now and then an evening; nights are quiet, weekends
    nearly so. From `lively_from_ms` (UTC epoch milliseconds) on, task follows task within a minute by day and by night:
    that is a demo's licence, so that whoever looks sees life.
    """

    def __init__(self, seed: int, where: Zone, lively_from_ms: int) -> None:
        self._seed = seed
        self._where = where
        self._lively_from_ms = lively_from_ms

    def between(self, from_ms: int, to_ms: int) -> list[Charge]:
        """Return the charges from `from_ms` on and before `to_ms`, oldest first."""
        return [charge for charge in self._round(from_ms, to_ms) if from_ms <= charge.created_ms < to_ms]

    def _round(self, from_ms: int, to_ms: int) -> Iterator[Charge]:
        """Yield the charges between, and some before and after."""
        quiet_to_ms = min(to_ms, self._lively_from_ms - _BREATH_MS)
        # A local day may begin a day before or after the one of UTC.
        for day in range(from_ms // _DAY_MS - 1, quiet_to_ms // _DAY_MS + 2):
            yield from (charge for charge in self._day(day) if charge.created_ms < quiet_to_ms)
        for slot in range(max(from_ms, self._lively_from_ms) // _SLOT_MS, to_ms // _SLOT_MS + 1):
            random = Random(f"{self._seed} slot {slot}")  # noqa: S311 - a play
            charges = _session(random, slot * _SLOT_MS, _SLOT_MS - _BREATH_MS, _SHOWING)
            yield from (charge for charge in charges if charge.created_ms >= self._lively_from_ms)

    def _day(self, day: int) -> Iterator[Charge]:
        """Yield the charges of the local day that is so many days after 1 January 1970."""
        random = Random(f"{self._seed} day {day}")  # noqa: S311 - a play
        for start_s, length_s in _hours(random, (day + _THURSDAY) % 7):
            wall_s = day * DAY_S + int(start_s)
            epoch_s = wall_s - self._where.offset_s(wall_s - self._where.offset_s(wall_s))
            yield from _session(random, epoch_s * 1000, int(length_s * 1000), _WORKING)


def _hours(random: Random, weekday: int) -> list[tuple[float, float]]:
    """Return when somebody works on such a day: seconds after midnight, and for how many."""
    if weekday >= _SATURDAY:
        start_s = random.uniform(10, 20) * _HOUR_S
        return [(start_s, random.uniform(0.5, 1.6) * _HOUR_S)] if _happens(random, 0.4) else []
    morning_s = random.uniform(9.0, 9.7) * _HOUR_S
    lunch_s = random.uniform(11.8, 12.3) * _HOUR_S
    afternoon_s = random.uniform(13.2, 13.8) * _HOUR_S
    home_s = random.uniform(17.6, 18.8) * _HOUR_S
    hours = [(morning_s, lunch_s - morning_s), (afternoon_s, home_s - afternoon_s)]
    if _happens(random, 0.35):
        hours.append((random.uniform(20.0, 20.8) * _HOUR_S, random.uniform(0.6, 2.0) * _HOUR_S))
    return hours


def _session(random: Random, start_ms: int, length_ms: int, pace: _Pace) -> Iterator[Charge]:
    """Yield task after task, until the time is up."""
    at_s = random.uniform(0.5, pace.least_pause_s)
    while True:
        for wait_s, model, amount in _task(random, pace):
            at_s += wait_s
            at_ms = int(at_s * 1000)
            if at_ms >= length_ms:
                return
            yield Charge(start_ms + at_ms, model.name, amount)
        at_s += random.uniform(pace.least_pause_s, pace.most_pause_s)


def _task(random: Random, pace: _Pace) -> Iterator[tuple[float, _Model, int]]:
    """Yield the requests of one task: seconds after what came before, model, credits.

    The conversation grows, and costs more with each request; now and then nothing of it is cached. A small model
    names the task and looks things up. Counts of tokens come in flocks.
    """
    model = random.choices(_MODELS, [model.weight for model in _MODELS])[0]
    requests = min(pace.most_requests, 3 + int(random.expovariate(4 / pace.most_requests)))
    for number in range(requests):
        if _happens(random, 0.05):
            for _ in range(random.randint(1, 4)):
                yield random.uniform(0.15, 0.7), model, 0
        asked = _HAIKU if number == 0 or _happens(random, 0.08) else model
        cost = asked.middle * random.lognormvariate(0, asked.spread) * (1 + number / 40)
        if _happens(random, 0.03):
            cost *= 5
        yield min(40, 2 + 6 * random.lognormvariate(0, 0.6)), asked, min(_LARGEST, 1 + int(cost))


def _happens(random: Random, share: float) -> bool:
    """Tell whether it happens this time, which it does in so large a share of all."""
    return random.random() < share
