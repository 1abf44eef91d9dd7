"""Owns the dates in Set-Cookie, read the tolerant way that browsers do (RFC 6265, section 5.1.1).

What a date means for its cookie is `domain.cookie_change`'s.
"""

import re
from datetime import UTC, datetime
from typing import Final

_DELIMITERS: Final = re.compile(r"[\t\x20-/;-@\[-`{-~]+")
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?")
_DAY: Final = re.compile(r"([0-9]{1,2})(?:[^0-9].*)?")
_YEAR: Final = re.compile(r"([0-9]{2,4})(?:[^0-9].*)?")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR: Final = 1601
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_cookie_date(text: str) -> int | None:
    """Return the date as UTC epoch milliseconds, None where there is none to be read.

    Weekdays, zones and punctuation are passed over; a year of two digits is one of 1970 to 2069.
    """
    time: tuple[int, int, int] | None = None
    day = month = year = None
    for token in _DELIMITERS.split(text):
        if time is None and (found := _TIME.fullmatch(token)):
            time = int(found[1]), int(found[2]), int(found[3])
        elif day is None and (found := _DAY.fullmatch(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := _YEAR.fullmatch(token)):
            year = _whole_year(int(found[1]))
    if time is None or day is None or month is None or year is None or year < _FIRST_YEAR:
        return None
    try:
        moment = datetime(year, month, day, *time, tzinfo=UTC)
    except ValueError:
        return None
    return int((moment - _EPOCH).total_seconds()) * 1000


def _whole_year(year: int) -> int:
    if year < 70:  # noqa: PLR2004 - where the centuries part
        return year + 2000
    return year + 1900 if year < 100 else year  # noqa: PLR2004 - two digits
