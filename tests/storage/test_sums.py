from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.records import Record, Sums
from domain.windows import Buckets, Window
from domain.zones import zone
from storage import files
from storage.store import Store, opened
from tests.storage.examples import NOW_MS, answer

ZONES = ("UTC", "Asia/Shanghai", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe")
SIZES = (7, 60, 300, 900, 1800, 3600, 5400, 7200, 25_200, 43_200, 86_400, 172_800, 604_800)
MODELS = ("opus", "sonnet", "haiku")

# Around the ends of summer time in Europe, America and on Lord Howe.
AROUND_MS = int(datetime(2025, 11, 1, tzinfo=UTC).timestamp() * 1000)

moments = st.integers(AROUND_MS - 40 * 86_400_000, AROUND_MS + 40 * 86_400_000) | st.integers(
    AROUND_MS - 7_200_000, AROUND_MS + 7_200_000
)


@st.composite
def charges(draw: st.DrawFn) -> list[Record]:
    times = draw(st.lists(moments, min_size=1, max_size=60))
    return [
        Record(number, draw(st.sampled_from(MODELS)), draw(st.integers(0, 10**12)), created_ms)
        for number, created_ms in enumerate(times)
    ]


def by_hand(records: list[Record], window: Window, buckets: Buckets) -> dict[str, dict[int, tuple[int, int]]]:
    """Return `{model: {bucket: (micros, requests)}}` from the records alone."""
    found: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for r in records:
        if window.from_ms <= r.created_ms < window.to_ms:
            bucket = buckets.start_of(r.created_ms)
            micros, requests = found[r.model].get(bucket, (0, 0))
            found[r.model][bucket] = micros + r.micros, requests + 1
    return found


async def sums_of(store: Store, window: Window, buckets: Buckets | None) -> Sums:
    return await store.history.read(lambda view: view.sums(window, buckets))


@settings(max_examples=40)
@given(charges(), moments, moments, st.sampled_from(ZONES), st.sampled_from(SIZES))
async def test_sums_agree_with_the_records_in_any_window_bucket_and_zone(
    records: list[Record], one: int, other: int, zone_name: str, size_s: int
) -> None:
    window = Window(min(one, other), max(one, other) + 1)
    buckets = Buckets(size_s, window, zone(zone_name))
    with TemporaryDirectory() as name:
        files.prepare(Path(name))
        with opened(Path(name)) as store:
            await store.history.apply(answer(records), NOW_MS)
            sums = await sums_of(store, window, buckets)
            plain = await sums_of(store, window, None)
    expected = by_hand(records, window, buckets)
    assert {s.model: {at: (m, r) for at, m, r in s.points} for s in sums.series} == expected
    assert all([p[0] for p in s.points] == sorted({p[0] for p in s.points}) for s in sums.series)
    assert sums.totals == plain.totals
    for total in sums.totals:
        assert total.micros == sum(m for m, _ in expected[total.model].values())
        assert total.requests == sum(r for _, r in expected[total.model].values())
        in_window = (r for r in records if r.model == total.model and window.from_ms <= r.created_ms < window.to_ms)
        assert total.latest_ms == max(r.created_ms for r in in_window)


@pytest.mark.parametrize(
    ("zone_name", "day", "hours"),
    [
        ("Europe/Berlin", datetime(2025, 3, 30, tzinfo=UTC), 23),
        ("Europe/Berlin", datetime(2025, 10, 26, tzinfo=UTC), 25),
        ("Australia/Lord_Howe", datetime(2025, 4, 6, tzinfo=UTC), 24.5),
        ("Asia/Kathmandu", datetime(2025, 4, 6, tzinfo=UTC), 24),
    ],
)
async def test_a_day_is_the_persons_own(store: Store, zone_name: str, day: datetime, hours: float) -> None:
    midnight = day.replace(tzinfo=ZoneInfo(zone_name))
    start_ms = int(midnight.timestamp() * 1000)
    records = [Record(n, "opus", 1_000_000, start_ms + (n - 30) * 1_800_000) for n in range(110)]
    await store.history.apply(answer(records), NOW_MS)
    window = Window(records[0].created_ms, records[-1].created_ms + 1)
    sums = await sums_of(store, window, Buckets(86_400, window, zone(zone_name)))
    days = {at: requests for at, _, requests in sums.series[0].points}
    assert days[start_ms] == hours * 2
    tomorrow = datetime.combine((midnight + timedelta(days=1)).date(), midnight.timetz().replace(tzinfo=None))
    assert int(tomorrow.replace(tzinfo=ZoneInfo(zone_name)).timestamp() * 1000) in days


async def test_models_come_largest_first_and_only_where_they_hold_something(store: Store) -> None:
    records = [
        Record(1, "b", 5, AROUND_MS),
        Record(2, "a", 5, AROUND_MS),
        Record(3, "c", 9, AROUND_MS),
        Record(4, "d", 99, AROUND_MS + 10),
    ]
    await store.history.apply(answer(records), NOW_MS)
    window = Window(AROUND_MS, AROUND_MS + 1)
    sums = await sums_of(store, window, Buckets(60, window, zone("UTC")))
    assert [t.model for t in sums.totals] == [s.model for s in sums.series] == ["c", "a", "b"]


async def test_an_empty_window_sums_to_nothing(store: Store) -> None:
    window = Window(0, AROUND_MS)
    assert await sums_of(store, window, Buckets(3600, window, zone("UTC"))) == Sums([], [])
