"""Owns the saying of very many times: what `domain.zones` says of one, a stretch at a time for those in order.

Within a stretch, both clocks stay in one hour and at one offset, so that all but minutes and seconds is said once.
"""

from functools import cache, lru_cache
from typing import Final, NamedTuple

from domain.zones import Zone, stretches, utc_text

HOUR_MS: Final = 3_600_000
_HOUR_S: Final = 3_600
_DAY_MS: Final = 86_400_000

MILLIS: Final = [f".{milli:03d}Z" for milli in range(1000)]
"""How the milliseconds end a time in UTC."""


class Stretch(NamedTuple):
    """A stretch of time, `from_ms` inclusive, `to_ms` exclusive, within the hour that starts at `hour_ms`.

    A time `second` whole seconds into the hour is `utc + utc_rest[second]`, less its milliseconds, and in the zone
    `local + local_rest[second]`.
    """

    from_ms: int
    to_ms: int
    hour_ms: int
    utc: str
    utc_rest: list[str]
    local: str
    local_rest: list[str]


NOWHERE: Final = Stretch(0, 0, 0, "", [], "", [])
"""A stretch that holds nothing, to begin with."""


def stretch_at(ms: int, where: Zone) -> Stretch:
    """Return the stretch that holds `ms`."""
    hour_ms = ms - ms % HOUR_MS
    from_ms, to_ms, offset_ms = hour_ms, hour_ms + HOUR_MS, 0
    for start_ms, offset in stretches(where, hour_ms, hour_ms + HOUR_MS):
        if start_ms > ms:
            to_ms = start_ms
            break
        from_ms, offset_ms = start_ms, offset
    shift_s = offset_ms // 1000 % _HOUR_S
    turn_ms = hour_ms + (_HOUR_S - shift_s) * 1000  # where the zone's clock begins its next hour
    if ms < turn_ms:
        to_ms = min(to_ms, turn_ms)
    else:
        from_ms = max(from_ms, turn_ms)
    local_ms = ms + offset_ms
    return Stretch(
        from_ms=from_ms,
        to_ms=to_ms,
        hour_ms=hour_ms,
        utc=f"{_date(ms // _DAY_MS)}T{ms // HOUR_MS % 24:02d}:",
        utc_rest=_rests(0),
        local=f"{_date(local_ms // _DAY_MS)} {local_ms // HOUR_MS % 24:02d}:",
        local_rest=_rests(shift_s),
    )


class TimeTexts:
    """Times as text, one by one."""

    def __init__(self, where: Zone) -> None:
        self._where = where
        self._stretch = NOWHERE

    def both(self, ms: int) -> tuple[str, str]:
        """Return such as `("2025-08-25T13:39:44.230Z", "2025-08-25 21:39:44")`."""
        if not self._stretch.from_ms <= ms < self._stretch.to_ms:
            self._stretch = stretch_at(ms, self._where)
        _, _, hour_ms, utc, utc_rest, local, local_rest = self._stretch
        second, milli = divmod(ms - hour_ms, 1000)
        return f"{utc}{utc_rest[second]}{MILLIS[milli]}", f"{local}{local_rest[second]}"


@lru_cache(1024)
def _date(day: int) -> str:
    """Return the date that is `day` days after 1970-01-01."""
    return utc_text(day * _DAY_MS)[:10]


@cache
def _rests(shift_s: int) -> list[str]:
    """Return, by second of an hour, the minute and second on a clock that is ahead by `shift_s`, under an hour."""
    if shift_s == 0:
        return [f"{second // 60:02d}:{second % 60:02d}" for second in range(_HOUR_S)]
    plain = _rests(0)
    return plain[shift_s:] + plain[:shift_s]
