"""Owns `Cookie:` lines: alone, or amid the headers of a whole request as browsers copy them.

It reads requests only; an answer's Set-Cookie lines are no cookie.
"""

import re
from typing import Final

from domain.errors import CookieUnreadableError

_LINE_BREAK: Final = re.compile(r"\r\n?|\n")
_COOKIE: Final = re.compile(r"\s*cookie\s*[:\uff1a](.*)", re.IGNORECASE | re.DOTALL)
_HEADER: Final = re.compile(r"\s*:?[A-Za-z0-9!#$%&'*+.^_`|~-]+:(?:\s|$)")
_BARE_NAME: Final = re.compile(r":?[A-Za-z0-9-]+")
_FIRST_LINE: Final = re.compile(
    r"[A-Z]+ \S+ HTTP/|HTTP/[0-9.]+ [0-9]|:(?:authority|method|scheme|path)\s*$", re.MULTILINE
)


def looks_like_headers(text: str) -> bool:
    """Tell whether `text` has a `Cookie:` line, or begins as the headers of a request or an answer do."""
    return bool(_HEADER.match(text) or _FIRST_LINE.match(text) or _values(text))


def cookie_of_headers(text: str) -> str:
    """Return what the `Cookie:` lines hold, joined where there are several. CookieUnreadableError where there is none.

    A line that was wrapped goes on until the next header or an empty line. The value may stand in the line below the
    name, with or without the colon: so browsers copy it from their table of headers.
    """
    values = _values(text)
    if not values:
        raise CookieUnreadableError("Headers without a Cookie line were seen.")
    return "; ".join(values)


def _values(text: str) -> list[str]:
    lines = _LINE_BREAK.split(text)
    found: list[list[str]] = []
    goes_on = begun = False
    for line in lines:
        if named := _COOKIE.match(line):
            found.append([named[1].lstrip()])
            goes_on, begun = True, bool(found[-1][0])
        elif _HEADER.match(line) or (begun and not line.strip()):
            goes_on = False
        elif goes_on:
            found[-1].append(line)
            begun = begun or bool(line)
    values = ["".join(pieces).strip() for pieces in found]
    return [value for value in values if value] or _below_bare_names(lines)


def _below_bare_names(lines: list[str]) -> list[str]:
    """Return the values that stand below the name, where names and values take turns from the first line on."""
    filled = [line.strip() for line in lines if line.strip()]
    values: list[str] = []
    for name, value in zip(filled[::2], filled[1::2], strict=False):
        if not _BARE_NAME.fullmatch(name):
            break
        if name.lower() == "cookie" and "=" in value and not value.startswith("="):
            values.append(value)
    return values
