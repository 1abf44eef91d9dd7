import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValueError
from domain.records import MAX_TIME_MS
from domain.zones import local_text, stretches, utc_text, zone

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
YEAR_MS: Final = 365 * 86_400_000
NAMES: Final = [
    *("UTC", "Asia/Shanghai", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Europe/Berlin"),
    *("Australia/Lord_Howe", "America/Havana", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia"),
]


@given(st.integers(0, MAX_TIME_MS))
def test_a_time_reads_as_the_contract_says(ms: int) -> None:
    moment = EPOCH + timedelta(milliseconds=ms)
    assert utc_text(ms) == moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


@given(st.integers(0, MAX_TIME_MS), st.sampled_from(NAMES))
def test_a_time_reads_as_the_wall_clock_of_its_zone(ms: int, name: str) -> None:
    local = (EPOCH + timedelta(milliseconds=ms)).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    assert local_text(ms, zone(name)) == local.isoformat(" ", timespec="seconds")


@given(st.integers(0, 60 * YEAR_MS), st.sampled_from(NAMES))
def test_an_offset_is_that_of_the_database(ms: int, name: str) -> None:
    offset = (EPOCH + timedelta(milliseconds=ms)).astimezone(ZoneInfo(name)).utcoffset()
    assert offset == timedelta(seconds=zone(name).offset_s(ms // 1000))


@given(st.integers(30 * YEAR_MS, 60 * YEAR_MS), st.integers(0, 400 * 86_400_000), st.sampled_from(NAMES))
def test_stretches_tell_the_offset_of_every_moment(from_ms: int, span_ms: int, name: str) -> None:
    found = stretches(zone(name), from_ms, from_ms + span_ms)
    for ms in range(from_ms, from_ms + span_ms, 3 * 3_600_000):
        offsets = [offset for start, offset in found if start <= ms]
        assert offsets[-1] == zone(name).offset_s(ms // 1000) * 1000


@given(st.integers(30 * YEAR_MS, 60 * YEAR_MS), st.integers(0, 400 * 86_400_000), st.sampled_from(NAMES))
def test_stretches_begin_just_where_the_clock_changes(from_ms: int, span_ms: int, name: str) -> None:
    found = stretches(zone(name), from_ms, from_ms + span_ms)
    assert found[0] == (from_ms // 1000 * 1000, zone(name).offset_s(from_ms // 1000) * 1000)
    for (_, before), (start, after) in pairwise(found):
        assert zone(name).offset_s(start // 1000 - 1) * 1000 == before != after
        assert zone(name).offset_s(start // 1000) * 1000 == after
        assert from_ms < start <= from_ms + span_ms


def test_a_year_in_new_york_has_three_stretches() -> None:
    from_ms, to_ms = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp() * 1000) for year in (2025, 2026))
    changes = ["2025-03-09T07:00:00.000Z", "2025-11-02T06:00:00.000Z"]
    assert [utc_text(start) for start, _ in stretches(zone("America/New_York"), from_ms, to_ms)][1:] == changes


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Asia", "a\0b", "é", "zone.tab", "utc "]
)
def test_a_zone_that_is_not_known_is_refused_by_its_field(name: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        zone(name)
    assert caught.value.field == "timeZone"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change a program's zone")
@pytest.mark.parametrize(("rule", "name"), [("CST-8", "Asia/Shanghai"), ("EST5EDT,M3.2.0,M11.1.0", "America/New_York")])
def test_the_local_zone_is_that_of_the_machine(monkeypatch: pytest.MonkeyPatch, rule: str, name: str) -> None:
    try:
        with monkeypatch.context() as changed:
            changed.setenv("TZ", rule)
            time.tzset()
            for ms in range(56 * YEAR_MS, 57 * YEAR_MS, 86_400_000):
                assert local_text(ms, zone("local")) == local_text(ms, zone(name))
    finally:
        time.tzset()


def test_changes_of_the_clock_a_week_apart_are_both_found() -> None:
    from_ms, to_ms = (int(datetime(2000, month, 1, tzinfo=UTC).timestamp() * 1000) for month in (10, 11))
    found = stretches(zone("America/Noronha"), from_ms, to_ms)
    assert [offset // 3_600_000 for _, offset in found] == [-2, -1, -2]
