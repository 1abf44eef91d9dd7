"""Owns moments as people and programs write them in a query: ISO 8601, or epoch milliseconds.

Which moments a window may have is `query`'s.
"""

import re
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

from domain.zones import Zone

_DIGITS: Final = re.compile(r"[0-9]{1,15}")
_ISO: Final = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ](?P<minute>[0-9]{2}:[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?P<offset>[Zz]|[+\- ][0-9]{2}:?[0-9]{2})?)?"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_S: Final = 86_400


def moment_ms(text: str, where: Zone) -> int | None:
    """Return the UTC epoch milliseconds that `text` means, None where it means none.

    Without an offset it is the zone's time, a date alone its midnight. Of a time that the zone has twice, the first is
    meant; of one that its clocks leave out, what they would have shown had they not. A fraction is rounded up to the
    millisecond: records are timed in whole ones, so no window changes by it. A space in place of the offset's sign is
    a `+` that was not escaped.
    """
    if _DIGITS.fullmatch(text):
        return int(text)
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    seconds = _seconds(match["date"], match["minute"] or "00:00", match["second"] or "00")
    if seconds is None:
        return None
    offset = match["offset"]
    offset_s = _local_offset_s(seconds, where) if offset is None else _offset_s(offset)
    if offset_s is None:
        return None
    return (seconds - offset_s) * 1000 + ceil(int((match["fraction"] or "0").ljust(9, "0")) / 1_000_000)


def _seconds(date: str, minute: str, second: str) -> int | None:
    """Return the seconds from 1970-01-01 00:00:00 to what a clock shows."""
    try:
        shown = datetime.fromisoformat(f"{date}T{minute}:{second}+00:00")
    except ValueError:
        return None
    return (shown - _EPOCH) // timedelta(seconds=1)


def _offset_s(text: str) -> int | None:
    if text in "Zz":
        return 0
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - a clock's
        return None
    return (hours * 3600 + minutes * 60) * (-1 if text[0] == "-" else 1)


def _local_offset_s(shown_s: int, where: Zone) -> int:
    """Return the zone's offset at the moment at which its clocks show `shown_s`."""
    try:
        before, after = where.offset_s(shown_s - _DAY_S), where.offset_s(shown_s + _DAY_S)
    except OverflowError:  # beyond the years that a zone is known for
        return 0
    for offset_s in (before, after):
        if where.offset_s(shown_s - offset_s) == offset_s:
            return offset_s
    return before
