import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import MAX_TIME_MS
from domain.zones import local_text, utc_text, zone
from web.times import TimeTexts, stretch_at

ZONES = [
    *("UTC", "local", "Asia/Shanghai", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Africa/Monrovia"),
    *("Pacific/Kiritimati", "Etc/GMT-14", "Etc/GMT+12"),
]


@given(st.sampled_from(ZONES), st.lists(st.integers(0, MAX_TIME_MS)))
def test_times_in_any_order_read_as_each_alone_does(name: str, moments: list[int]) -> None:
    where = zone(name)
    texts = TimeTexts(where)
    assert [texts.both(ms) for ms in moments] == [(utc_text(ms), local_text(ms, where)) for ms in moments]


@pytest.mark.parametrize("name", ZONES)
def test_times_in_order_read_as_each_alone_does(name: str) -> None:
    where = zone(name)
    texts = TimeTexts(where)
    for ms in range(1_756_000_000_000, 1_756_200_000_000, 777_777):
        assert texts.both(ms) == (utc_text(ms), local_text(ms, where))


# At one minute past midnight, local time; by half an hour; at the first moment and the last one that there are.
@pytest.mark.parametrize(
    ("name", "moment_s"),
    [
        *(("America/St_Johns", 1_143_948_660), ("America/St_Johns", 1_162_089_060)),
        *(("Australia/Lord_Howe", 1_759_588_200), ("Europe/Berlin", 1_761_440_400)),
        *(("Asia/Kathmandu", 0), ("Africa/Monrovia", 63_593_070), ("Pacific/Kiritimati", MAX_TIME_MS // 1000)),
    ],
)
def test_the_seconds_around_a_clock_change_are_right(name: str, moment_s: int) -> None:
    where = zone(name)
    texts = TimeTexts(where)
    for second in range(max(moment_s - 5_000, 0), min(moment_s + 5_000, MAX_TIME_MS // 1000)):
        ms = second * 1000 + 999
        assert texts.both(ms) == (utc_text(ms), local_text(ms, where))


@given(st.sampled_from(ZONES), st.integers(0, MAX_TIME_MS))
def test_a_stretch_holds_its_moment(name: str, ms: int) -> None:
    stretch = stretch_at(ms, zone(name))
    assert stretch.hour_ms <= stretch.from_ms <= ms < stretch.to_ms <= stretch.hour_ms + 3_600_000
