from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.records import MAX_TIME_MS
from domain.windows import DAY_S, MAX_BUCKET_S, MAX_POINTS, Buckets, Window, auto_bucket_s
from domain.zones import zone

HOUR_S: Final = 3600
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
WEEK_S: Final = 7 * DAY_S

# A zone, and the first day of a few in which its clock does what it is here for.
PLACES: Final = [
    ("UTC", "2025-08-25"),
    ("Asia/Shanghai", "2025-08-25"),
    ("Asia/Kolkata", "2025-08-25"),
    ("Asia/Kathmandu", "2025-08-25"),
    ("America/New_York", "2025-03-08"),
    ("America/New_York", "2025-11-01"),
    ("Europe/Berlin", "2025-03-29"),
    ("Europe/Berlin", "2025-10-25"),
    ("Australia/Lord_Howe", "2025-04-05"),
    ("Australia/Lord_Howe", "2025-10-04"),
    ("America/Havana", "2025-03-08"),
    ("America/Havana", "2025-11-01"),
    ("America/Sao_Paulo", "2018-02-17"),
    ("America/Sao_Paulo", "2018-11-03"),
    ("Africa/Casablanca", "2025-02-22"),
    ("Pacific/Apia", "2011-12-28"),
]
SIZES: Final = (
    1,
    7,
    60,
    900,
    1800,
    2700,
    HOUR_S,
    2 * HOUR_S,
    5 * HOUR_S,
    12 * HOUR_S,
    DAY_S,
    2 * DAY_S,
    WEEK_S,
    4 * WEEK_S,
)


def at(text: str, name: str = "UTC") -> int:
    """Return the moment that a wall clock shows, the first of two."""
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(name)).timestamp() * 1000)


def start_of(ms: int, size_s: int, name: str) -> int:
    return Buckets(size_s, Window(ms, ms + 1), zone(name)).start_of(ms)


def wall(ms: int, name: str) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(ZoneInfo(name))


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, int, int]:
    """Draw a zone and two moments near a change of its clock, the earlier first."""
    name, day = draw(st.sampled_from(PLACES))
    times = st.integers(-2 * DAY_MS, 6 * DAY_MS) | st.integers(-8, 300).map(lambda quarter: quarter * 900_000)
    one, other = at(day, name) + draw(times), at(day, name) + draw(times)
    return name, min(one, other), max(one, other)


@given(moments(), st.sampled_from(SIZES))
def test_buckets_part_time_in_order(place: tuple[str, int, int], size_s: int) -> None:
    name, one, other = place
    buckets = Buckets(size_s, Window(one, other + 1), zone(name))
    assert buckets.start_of(one) <= one
    assert buckets.start_of(one) <= buckets.start_of(other) <= other
    if buckets.start_of(other) > one:
        assert buckets.start_of(one) < buckets.start_of(other)


@given(moments(), st.sampled_from(SIZES))
def test_a_bucket_starts_in_itself(place: tuple[str, int, int], size_s: int) -> None:
    name, _, ms = place
    start = start_of(ms, size_s, name)
    assert start_of(start, size_s, name) == start
    assert start_of(start - 1, size_s, name) < start


@given(moments(), st.sampled_from(SIZES))
def test_a_bucket_is_the_same_in_every_window(place: tuple[str, int, int], size_s: int) -> None:
    name, one, other = place
    buckets = Buckets(size_s, Window(one, other + 1), zone(name))
    assert buckets.start_of(other) == start_of(other, size_s, name)
    assert buckets.start_of(one) == start_of(one, size_s, name)


@given(moments(), st.sampled_from(SIZES))
def test_a_bucket_starts_on_a_multiple_of_its_size_or_where_the_clock_changes(
    place: tuple[str, int, int], size_s: int
) -> None:
    name, _, ms = place
    start = start_of(ms, size_s, name)
    offset_ms = zone(name).offset_s(start // 1000) * 1000
    anchor_ms = 4 * DAY_MS if size_s % WEEK_S == 0 else 0
    changes = zone(name).offset_s((start - 1) // 1000) * 1000 != offset_ms
    assert changes or (start + offset_ms - anchor_ms) % (size_s * 1000) == 0


@given(moments(), st.sampled_from(SIZES))
def test_a_bucket_is_longer_than_its_size_by_no_more_than_the_clock_went_back(
    place: tuple[str, int, int], size_s: int
) -> None:
    name, _, ms = place
    assert ms - start_of(ms, size_s, name) < (size_s + HOUR_S) * 1000


@given(moments())
def test_a_day_starts_at_midnight(place: tuple[str, int, int]) -> None:
    name, _, ms = place
    midnight = datetime.combine(wall(ms, name), datetime.min.time(), ZoneInfo(name))
    assert start_of(ms, DAY_S, name) == round(midnight.timestamp() * 1000)


@given(moments())
def test_a_week_starts_on_monday(place: tuple[str, int, int]) -> None:
    name, _, ms = place
    local = wall(ms, name)
    monday = datetime.combine(local - timedelta(days=local.weekday()), datetime.min.time(), ZoneInfo(name))
    assert start_of(ms, WEEK_S, name) == round(monday.timestamp() * 1000)


@pytest.mark.parametrize(
    ("name", "day", "hours"),
    [
        ("America/New_York", "2025-03-09", 23),
        ("America/New_York", "2025-11-02", 25),
        ("Europe/Berlin", "2025-03-30", 23),
        ("Europe/Berlin", "2025-10-26", 25),
        ("Australia/Lord_Howe", "2025-10-05", 23.5),
        ("Australia/Lord_Howe", "2025-04-06", 24.5),
        ("America/Havana", "2025-03-09", 23),
        ("America/Havana", "2025-11-02", 25),
        ("America/Sao_Paulo", "2018-11-04", 23),
        ("America/Sao_Paulo", "2018-02-17", 25),
    ],
)
def test_a_day_of_any_length_is_one_bucket(name: str, day: str, hours: float) -> None:
    start = at(day, name) if (name, hours) != ("America/Sao_Paulo", 23) else at(f"{day} 01:00", name)
    end = start + round(hours * HOUR_MS)
    buckets = Buckets(DAY_S, Window(start - 1, end + 1), zone(name))
    assert {buckets.start_of(ms) for ms in range(start, end, 60_000)} == {start}
    assert buckets.start_of(end) == end
    assert buckets.start_of(start - 1) < start


@pytest.mark.parametrize(("name", "minutes"), [("Asia/Kolkata", 30), ("Asia/Kathmandu", 45), ("Asia/Shanghai", 0)])
def test_an_hour_starts_on_the_hour_of_the_zone(name: str, minutes: int) -> None:
    start = start_of(at("2025-08-25 13:39:44", name), HOUR_S, name)
    assert start == at("2025-08-25 13:00", name)
    assert wall(start, "UTC").minute == (60 - minutes) % 60


def test_a_repeated_hour_has_buckets_of_its_own_where_they_fit() -> None:
    first = at("2025-11-02 01:00", "America/New_York")
    buckets = Buckets(HOUR_S, Window(first, first + 3 * HOUR_MS), zone("America/New_York"))
    starts = [buckets.start_of(first + offset * HOUR_MS + 1) for offset in range(3)]
    assert starts == [first, first + HOUR_MS, first + 2 * HOUR_MS]


def test_a_repeated_hour_belongs_to_the_longer_bucket_round_it() -> None:
    first = at("2025-11-02 00:00", "America/New_York")
    buckets = Buckets(2 * HOUR_S, Window(first, first + 4 * HOUR_MS), zone("America/New_York"))
    starts = [buckets.start_of(first + offset * HOUR_MS + 1) for offset in range(4)]
    assert starts == [first, first, first, first + 3 * HOUR_MS]


@pytest.mark.parametrize("name", ["UTC", "America/New_York", "Australia/Lord_Howe", "America/Havana"])
@pytest.mark.parametrize("from_text", ["2025-08-25 13:39:44", "2025-11-01 12:00:00", "2024-02-29 23:59:59"])
@given(st.integers(1, 40 * 365 * DAY_S * 1000))
def test_a_window_has_at_most_a_thousand_buckets_of_its_own_choice(name: str, from_text: str, span_ms: int) -> None:
    window = Window(at(from_text), at(from_text) + span_ms)
    size_s = auto_bucket_s(window)
    buckets = Buckets(size_s, window, zone(name))
    starts = {buckets.start_of(ms) for ms in range(window.from_ms, window.to_ms, size_s * 500)}
    starts.add(buckets.start_of(window.to_ms - 1))
    assert len(starts) <= MAX_POINTS


@pytest.mark.parametrize("size_s", [1, 5, 60, HOUR_S, DAY_S, 4 * WEEK_S])
def test_a_window_that_begins_within_a_bucket_has_no_more_than_a_thousand_either(size_s: int) -> None:
    from_ms = at("2000-01-02 00:00:00") - 1
    window = Window(from_ms, from_ms + MAX_POINTS * size_s * 1000)
    buckets = Buckets(auto_bucket_s(window), window, zone("Europe/Berlin"))
    assert len({buckets.start_of(ms) for ms in range(window.from_ms, window.to_ms, size_s * 500)}) <= MAX_POINTS


@pytest.mark.parametrize(
    ("minutes", "size_s"), [(1, 1), (60, 5), (1440, 120), (10_080, 900), (43_200, HOUR_S), (527_040, 12 * HOUR_S)]
)
def test_the_usual_windows_have_round_buckets(minutes: int, size_s: int) -> None:
    assert auto_bucket_s(Window(0, minutes * 60_000)) == size_s


@given(st.integers(0, MAX_TIME_MS))
def test_a_longer_window_never_has_smaller_buckets(span_ms: int) -> None:
    assert auto_bucket_s(Window(0, span_ms)) <= auto_bucket_s(Window(0, span_ms + DAY_MS))


@given(st.integers(1, MAX_TIME_MS))
@example(400 * 365 * DAY_MS)
@example(499 * 365 * DAY_MS)
@example(MAX_TIME_MS)
def test_centuries_have_at_most_a_thousand_buckets_too(span_ms: int) -> None:
    size_s = auto_bucket_s(Window(0, span_ms))
    assert size_s > 0
    assert span_ms / (size_s * 1000) + 2 <= MAX_POINTS


def test_the_longest_bucket_can_be_used() -> None:
    ms = at("2025-08-25 13:39:44")
    assert ms - MAX_BUCKET_S * 1000 < start_of(ms, MAX_BUCKET_S, "Europe/Berlin") <= ms
