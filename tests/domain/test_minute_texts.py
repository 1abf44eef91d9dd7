import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import MAX_TIME_MS
from domain.zones import MinuteTexts, local_text, utc_text, zone

ZONES = ["UTC", "Asia/Shanghai", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Africa/Monrovia"]


@given(st.sampled_from(ZONES), st.integers(0, MAX_TIME_MS // 60_000))
def test_a_minute_reads_as_its_moments_read(name: str, minute: int) -> None:
    texts = MinuteTexts(zone(name))
    assert texts[minute] == (utc_text(minute * 60_000)[:17], local_text(minute * 60_000, zone(name))[:17])


@pytest.mark.parametrize("changed_s", [1_143_948_660, 1_162_089_060])  # both at one minute past, local time
def test_the_minutes_around_a_clock_change_within_an_hour_are_right(changed_s: int) -> None:
    where = zone("America/St_Johns")
    texts = MinuteTexts(where)
    for minute in range(changed_s // 60 - 90, changed_s // 60 + 90):
        assert texts[minute][1] == local_text(minute * 60_000, where)[:17]


def test_what_is_remembered_stays_bounded_however_many_minutes_pass() -> None:
    texts = MinuteTexts(zone("UTC"))
    for minute in range(10 * MinuteTexts.KEPT_MINUTES):
        texts[minute]
    assert len(texts) <= MinuteTexts.KEPT_MINUTES


@pytest.mark.parametrize("name", [*ZONES, "local", "Pacific/Kiritimati", "Etc/GMT-14", "Etc/GMT+12"])
@pytest.mark.parametrize("ms", [0, MAX_TIME_MS])
def test_the_first_and_the_last_time_taken_can_be_said_in_every_zone(name: str, ms: int) -> None:
    assert len(local_text(ms, zone(name))) == len("2025-08-25 13:39:44")
    assert len(MinuteTexts(zone(name))[ms // 60_000][1]) == len("2025-08-25 13:39:")
