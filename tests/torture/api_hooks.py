"""Owns what a description cannot say of a request: schemathesis loads this, and leaves out what only looks sound.

How it is run is `test_api`'s.
"""

from typing import Any, Final
from zoneinfo import available_timezones

import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode

from domain.clock import SystemClock
from domain.errors import CookieUnreadableError
from domain.paste import read_cookie
from domain.zones import zone
from tests.domain.pastes import cookies_txt, extension_json, header_values, joined, pairs
from web.moments import moment_ms

MOST_MS: Final = 253_402_214_400_000
KNOWN: Final = frozenset({"local", "UTC", *available_timezones()})

schemathesis.openapi.format("time-zone", st.sampled_from(sorted(KNOWN)))
schemathesis.openapi.format(
    "moment",
    st.one_of(
        st.integers(0, MOST_MS).map(str),
        st.datetimes().filter(lambda at: at.year >= 1971).map(lambda at: at.isoformat()),
    ),
)
schemathesis.openapi.format(
    "pasted-cookie", st.one_of(header_values(), pairs.map(joined), pairs.map(extension_json), pairs.map(cookies_txt))
)


@schemathesis.hook
def filter_case(_context: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """Return whether a case that keeps to the description keeps to what it says in words, too."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return True
    return _is_window(case.query or {}) and _is_sound(case.body)


def _is_window(query: dict[str, Any]) -> bool:
    """Return whether range stands alone, from before to, and both are moments that there are."""
    if "from" not in query and "to" not in query:
        return True
    ends = [
        moment_ms(str(query.get(name, given)), zone("UTC"))
        for name, given in (("from", ""), ("to", SystemClock().wall_ms()))
    ]
    sound = [end for end in ends if end is not None and 0 <= end <= MOST_MS]
    return "range" not in query and len(sound) == len(ends) and sound[0] + 86_400_000 < sound[1]


def _is_sound(body: object) -> bool:
    """Return whether the time zone is known, and the paste readable."""
    if not isinstance(body, dict):
        return True
    try:
        read_cookie(body.get("cookie", "a=1"))
    except CookieUnreadableError:
        return False
    return body.get("timeZone", "UTC") in KNOWN
