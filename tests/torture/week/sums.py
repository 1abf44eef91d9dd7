"""Owns the adding up of charges as a person with a calendar would do it, to hold the program's sums against.

It shares no code with the program: Python's own calendar says where a day or an hour begins.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from tests.torture.week.charges import Row

Totals: TypeAlias = dict[str, tuple[int, int, int]]
"""By model: millionths, requests, the time of the last."""

Series: TypeAlias = dict[str, dict[int, tuple[int, int]]]
"""By model and start of the bucket: millionths, requests."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_REPEAT_S: Final = 3_600


def totals(rows: Iterable[Row]) -> Totals:
    """Return the sums by model."""
    found: Totals = {}
    for row in rows:
        micros, requests, latest_ms = found.get(row.model, (0, 0, 0))
        found[row.model] = micros + row.micros, requests + 1, max(latest_ms, row.created_ms)
    return found


def series(rows: Iterable[Row], size_s: int, zone: str) -> Series:
    """Return the sums by model and bucket; sizes up to an hour, or of some hours that make up a day."""
    where, starts = ZoneInfo(zone), dict[int, int]()
    found: Series = {}
    for row in rows:
        second = row.created_ms // 1000
        if second not in starts:
            starts[second] = _start_ms(second, size_s, where)
        points = found.setdefault(row.model, {})
        micros, requests = points.get(starts[second], (0, 0))
        points[starts[second]] = micros + row.micros, requests + 1
    return found


def told_totals(usage: dict[str, Any]) -> Totals:
    """Return the sums that an answer tells. Its numbers must have been read as decimals."""
    return {
        model["model"]: (micros(model["credits"]), model["requests"], ms_of(model["latestAt"]))
        for model in usage["models"]
    }


def told_series(usage: dict[str, Any]) -> Series:
    """Return the buckets that an answer tells."""
    return {
        one["model"]: {start: (micros(credits_used), requests) for start, credits_used, requests in one["points"]}
        for one in usage["series"]
    }


def micros(amount: Decimal | int) -> int:
    """Return an amount in millionths; it must be whole ones."""
    exact = Decimal(amount) * 1_000_000
    assert exact == exact.to_integral_value(), amount
    return int(exact)


def ms_of(text: str) -> int:
    """Return a time of the contract in UTC epoch milliseconds."""
    return (datetime.fromisoformat(text) - _EPOCH) // timedelta(milliseconds=1)


def _start_ms(second: int, size_s: int, where: ZoneInfo) -> int:
    moment = datetime.fromtimestamp(second, where)
    wall_s = moment.hour * 3600 + moment.minute * 60 + moment.second
    if size_s <= _LONGEST_REPEAT_S:
        return (second - wall_s % size_s) * 1000
    # By the wall clock, whatever it did since: a day of 25 hours is one.
    midnight = datetime(moment.year, moment.month, moment.day, tzinfo=where)
    start = midnight + timedelta(seconds=wall_s - wall_s % size_s)
    return int(start.timestamp()) * 1000
