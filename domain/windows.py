"""Owns windows of time and the buckets they are summed into.

A bucket starts where the wall clock of the person's zone reaches a multiple of its size, so that days start at
midnight and hours on the hour whatever the zone; weeks start on Monday. A day of 23 or 25 hours is one bucket. When the
clock goes back, the repeated stretch has buckets of its own where they are no longer than it.
"""

from bisect import bisect_right
from math import ceil
from typing import Final

from msgspec import Struct

from domain.zones import Zone, stretches

DAY_S: Final = 86_400
_WEEK_S: Final = 7 * DAY_S
_FIRST_MONDAY_S: Final = 4 * DAY_S

MAX_POINTS: Final = 1000
"""How many points `bucket=auto` gives a model at most."""

MAX_BUCKET_S: Final = 400 * DAY_S

_LADDER_S: Final = (
    *(1, 2, 5, 10, 15, 30),
    *(60 * minutes for minutes in (1, 2, 5, 10, 15, 30)),
    *(3600 * hours for hours in (1, 2, 3, 4, 6, 12)),
    DAY_S,
    2 * DAY_S,
    *(_WEEK_S * weeks for weeks in (1, 2, 4, 8, 13, 26, 52)),
)


class Window(Struct, frozen=True):
    """A stretch of time, in UTC epoch milliseconds: `from_ms` inclusive, `to_ms` exclusive."""

    from_ms: int
    to_ms: int


class Buckets:
    """The buckets of `size_s` seconds that a window falls into."""

    def __init__(self, size_s: int, window: Window, where: Zone) -> None:
        self.size_s = size_s
        self._size_ms = size_s * 1000
        self._anchor_ms = _FIRST_MONDAY_S * 1000 if size_s % _WEEK_S == 0 else 0
        # A bucket may begin a size before the window, and a changing clock may stretch it by a day.
        found = stretches(where, window.from_ms - self._size_ms - DAY_S * 1000, window.to_ms)
        self._starts = [start for start, _ in found]
        self._offsets = [offset for _, offset in found]
        self._heads = [self._starts[0] - 2 * self._size_ms]
        for index in range(1, len(found)):
            self._heads.append(self._head(index))

    def start_of(self, ms: int) -> int:
        """Return the start of the bucket that holds `ms`, which must lie in the window."""
        return self.reach_of(ms)[0]

    def reach_of(self, ms: int) -> tuple[int, int]:
        """Return `(start, until)`: the bucket that holds `ms` starts there and surely goes on until then (exclusive).

        `until` is the bucket's end, but where the clock changes within it.
        """
        index = bisect_right(self._starts, ms) - 1
        start = self._plain_start(ms, self._offsets[index])
        until = start + self._size_ms
        if index + 1 < len(self._starts):
            until = min(until, self._starts[index + 1])
        return (start if start > self._starts[index] or index == 0 else self._heads[index]), until

    def _plain_start(self, ms: int, offset_ms: int) -> int:
        shifted = ms + offset_ms - self._anchor_ms
        return ms - shifted % self._size_ms

    def _head(self, index: int) -> int:
        """Return where the bucket starts that holds the first moment of a stretch: there, or in the stretch before."""
        start, before, after = self._starts[index], self._offsets[index - 1], self._offsets[index]
        last_key = (start - 1 + before - self._anchor_ms) // self._size_ms
        first_key = (start + after - self._anchor_ms) // self._size_ms
        repeats = before - after
        if last_key != first_key or (repeats > 0 and self._size_ms <= repeats):
            return start
        return self.start_of(start - 1)


def auto_bucket_s(window: Window) -> int:
    """Return the smallest of the usual sizes that cuts the window into at most `MAX_POINTS` buckets."""
    span_s = (window.to_ms - window.from_ms) / 1000
    ragged_ends = 2
    # Two more a year where the clock changes, but not among weeks: no clock is put back over the start of a Monday.
    changes = 2 * ceil(span_s / (365 * DAY_S))
    for size_s in _LADDER_S:
        spare = ragged_ends + (changes if size_s < _WEEK_S else 0)
        if span_s / size_s + spare <= MAX_POINTS:
            return size_s
    return ceil(span_s / (MAX_POINTS - ragged_ends) / _WEEK_S) * _WEEK_S
