from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cookie_date import read_cookie_date

MOMENT_MS = 784_111_777_000


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 6-Nov-1994 8:49:37 UTC",
        "06 november 1994 08:49:37",
        "1994 Nov 6 08:49:37 +0800",
        "  Sun,06-nov-1994,08:49:37.123  ",
    ],
)
def test_dates_are_read_however_they_are_written(text: str) -> None:
    assert read_cookie_date(text) == MOMENT_MS


@pytest.mark.parametrize(
    ("text", "year"), [("01 Jan 00 00:00:00", 2000), ("01 Jan 69 00:00:00", 2069), ("01 Jan 70 00:00:00", 1970)]
)
def test_a_year_of_two_digits_is_a_near_one(text: str, year: int) -> None:
    assert read_cookie_date(text) == int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "Session",
        "Sun, 06 Nov 1994",
        "06 Nov 08:49:37",
        "1994 08:49:37 06",
        "31 Feb 1994 08:49:37",
        "06 Nov 1994 24:00:00",
        "06 Nov 1994 08:60:00",
        "06 Nov 1994 08:49:60",
        "01 Jan 1600 00:00:00",
        "00 Jan 1994 00:00:00",
        "1994-11-06T08:49:37Z",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_cookie_date(text) is None


@given(st.text() | st.text("0123456789:- JanFeb,"))
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert isinstance(read_cookie_date(text), int | None)


@given(st.integers(-11_644_473_600, 253_402_300_799))
def test_the_usual_form_reads_back(seconds: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert read_cookie_date(f"{moment:%a, %d %b} {moment.year} {moment:%H:%M:%S} GMT") == seconds * 1000
