"""Owns time zones: names to offsets, the stretches of constant offset in a window, and times as people read them.

Times are UTC epoch milliseconds everywhere else; only here and at the edges are they text.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import InvalidValueError

_STEP_S: Final = 5 * 86_400
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_provided: dict[str, bytes] = {}


class Zone(Protocol):
    """A time zone, as far as anybody here needs it."""

    def offset_s(self, epoch_s: int) -> int:
        """Return the seconds that local time is ahead of UTC at `epoch_s`."""


class _NamedZone:
    """An IANA zone, from the system's or the tzdata package's database."""

    def __init__(self, info: ZoneInfo) -> None:
        self._info = info

    def offset_s(self, epoch_s: int) -> int:
        moment = (_EPOCH + timedelta(seconds=epoch_s)).astimezone(self._info)
        offset = moment.utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0


class _SystemZone:
    """The zone of the machine, as the C library knows it: TZ in every form, and no IANA name needed."""

    # Windows answers for the years 1970 to 3000 only, and for no more anywhere is anything known.
    _FIRST_S: Final = 86_400
    _LAST_S: Final = 32_503_593_600

    def offset_s(self, epoch_s: int) -> int:
        return time.localtime(min(max(epoch_s, self._FIRST_S), self._LAST_S)).tm_gmtoff


class _Utc:
    def offset_s(self, epoch_s: int) -> int:  # noqa: ARG002 - the same at every moment
        return 0


def provide(zones: Mapping[str, bytes]) -> None:
    """Have these known, by name, where neither the system nor the tzdata package knows them: TZif files, RFC 8536."""
    _provided.update(zones)


def zone(name: str) -> Zone:
    """Return the zone called `local`, `UTC` or by an IANA name; InvalidValueError for any other."""
    if name == "local":
        return _SystemZone()
    if name == "UTC":
        return _Utc()
    try:
        return _NamedZone(_info(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidValueError(
            "timeZone", "The time zone is not known. Use local, UTC or an IANA name such as Asia/Shanghai."
        ) from error


def _info(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        if name in _provided:
            return _provided_info(name)
        raise


@cache
def _provided_info(name: str) -> ZoneInfo:
    return ZoneInfo.from_file(BytesIO(_provided[name]), key=name)


def stretches(where: Zone, from_ms: int, to_ms: int) -> list[tuple[int, int]]:
    """Return `(start_ms, offset_ms)` for each stretch of constant offset in the window, oldest first.

    The first starts at `from_ms` (cut down to a whole second). Two changes of the clock within five days would be
    taken as one; no zone has had them since 1970: the nearest were a week apart, in Brazil, in October 2000.
    """
    start_s, end_s = from_ms // 1000, max(to_ms, from_ms + 1) // 1000
    offset = where.offset_s(start_s)
    found = [(start_s * 1000, offset * 1000)]
    at_s = start_s
    while at_s < end_s:
        next_s = min(at_s + _STEP_S, end_s)
        after = where.offset_s(next_s)
        if after != offset:
            low, high = at_s, next_s
            while high - low > 1:
                middle = (low + high) // 2
                if where.offset_s(middle) == offset:
                    low = middle
                else:
                    high = middle
            found.append((high * 1000, after * 1000))
            offset = after
        at_s = next_s
    return found


def utc_text(ms: int) -> str:
    """Return `ms` as the contract writes times: `2025-08-25T13:39:44.230Z`."""
    return f"{_EPOCH + timedelta(milliseconds=ms):%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def local_text(ms: int, where: Zone) -> str:
    """Return `ms` as people in the zone read it: `2025-08-25 13:39:44`."""
    return f"{_EPOCH + timedelta(milliseconds=ms, seconds=where.offset_s(ms // 1000)):%Y-%m-%d %H:%M:%S}"
