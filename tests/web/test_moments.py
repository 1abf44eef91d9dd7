from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.zones import zone
from web.moments import moment_ms

SHANGHAI = zone("Asia/Shanghai")
BERLIN = zone("Europe/Berlin")
MOMENT = 1_756_129_184_230


@pytest.mark.parametrize(
    "text",
    [
        *("1756129184230", "2025-08-25T13:39:44.230Z", "2025-08-25t13:39:44,23z", "2025-08-25T21:39:44.230+08:00"),
        *("2025-08-25T21:39:44.230 08:00", "2025-08-25 21:39:44.230+0800", "2025-08-25T09:09:44.230-04:30"),
        *("2025-08-25T21:39:44.230", "2025-08-25 21:39:44.230"),
    ],
)
def test_a_moment_is_read_in_every_form(text: str) -> None:
    assert moment_ms(text, SHANGHAI) == MOMENT


def test_a_date_alone_is_its_midnight_in_the_zone() -> None:
    assert moment_ms("2025-08-25", SHANGHAI) == moment_ms("2025-08-24T16:00:00Z", SHANGHAI)


def test_seconds_may_be_left_out() -> None:
    assert moment_ms("2025-08-25T21:39", SHANGHAI) == moment_ms("2025-08-25T13:39:00Z", SHANGHAI)


def test_a_fraction_is_rounded_up_to_the_millisecond() -> None:
    assert moment_ms("2025-08-25T13:39:44.2290001Z", SHANGHAI) == MOMENT


def test_a_time_that_the_zone_has_twice_is_the_first() -> None:
    assert moment_ms("2025-10-26T02:30", BERLIN) == moment_ms("2025-10-26T00:30Z", BERLIN)


def test_a_time_that_the_zone_leaves_out_is_counted_on_from_before() -> None:
    assert moment_ms("2025-03-30T02:30", BERLIN) == moment_ms("2025-03-30T01:30Z", BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "now",
            "yesterday",
            "x2025-08-25",
            "2025-8-25",
            "2025-02-29",
            "2025-13-01",
            "2025-W35-1",
        ),
        *("2025-08-25T", "2025-08-25T24:00", "2025-08-25T13", "2025-08-25T13:60", "2025-08-25T13:39:60", "1e3", "-1"),
        *("2025-08-25T13:39:44.Z", "2025-08-25T13:39+24:00", "2025-08-25T13:39+08", "2025-08-25Z", "2025-08-25+08:00"),
        *("0000-01-01", "10000-01-01", "\u0662025-08-25", "\u0661", "1756129184230.0", "2025-08-25\n", "1" * 16),
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment_ms(text, SHANGHAI) is None


@given(st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30)), st.integers(-23 * 60, 23 * 60))  # noqa: DTZ001
def test_a_time_with_an_offset_is_what_the_library_says(shown: datetime, offset_min: int) -> None:
    whole = shown.replace(microsecond=shown.microsecond // 1000 * 1000, tzinfo=UTC)
    moment = whole - timedelta(minutes=offset_min)
    sign, minutes = "-" if offset_min < 0 else "+", abs(offset_min)
    text = f"{whole:%Y-%m-%dT%H:%M:%S.%f}{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    expected = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert moment_ms(text.replace(f"{whole:%Y}", f"{whole.year:04d}", 1), SHANGHAI) == expected


@given(st.text())
def test_any_text_is_a_moment_or_none(text: str) -> None:
    moment = moment_ms(text, SHANGHAI)
    assert moment is None or isinstance(moment, int)
