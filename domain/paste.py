"""Owns what a person may paste as the cookie, and makes one header value of it.

The forms other than header lines are read by `domain.paste_curl`, `domain.paste_json` and `domain.paste_table`.
"""

import re
from typing import Final

from domain.cookie import MAX_HEADER_BYTES, names
from domain.errors import CookieUnreadableError
from domain.paste_curl import cookie_of_curl, looks_like_curl
from domain.paste_headers import cookie_of_headers, looks_like_headers
from domain.paste_json import cookies_of_json, looks_like_json
from domain.paste_pick import header_value
from domain.paste_table import cookies_of_file, cookies_of_rows
from domain.paste_text import printable
from domain.redaction import looks_secret

MAX_PASTE_CHARACTERS: Final = 1024 * 1024
"""The longest paste that is looked at: the cookies.txt of a whole browser is well below it."""

_BLANK: Final = " \r\n\u00a0\u3000\u200b\ufeff"

_LOOKS_LIKE: Final = (
    (re.compile(r"<(?:!|\?|[A-Za-z])"), "A web page was seen."),
    (re.compile(r"https?://", re.IGNORECASE), "A web address was seen."),
    (re.compile(r"(?:await\s+)?fetch\("), "A fetch call was seen."),
    (
        re.compile(r"\$\w+\s*=\s*New-Object\s|Invoke-(?:WebRequest|RestMethod)\s", re.IGNORECASE),
        "A PowerShell command was seen.",
    ),
)


def read_cookie(paste: str) -> str:
    """Return the one header value that the paste amounts to, printable ASCII of at most `MAX_HEADER_BYTES`.

    Taken are the value itself, a `Cookie:` line alone or amid other headers, a curl command, the JSON of a cookie
    extension, a cookies.txt, and rows of the browser's storage table. A value pasted as it is stays as it is, byte for
    byte; of every form, surrounding white space goes, line breaks and control characters go (so that a wrapped
    line is whole again), and what is not ASCII is percent-encoded as UTF-8. CookieUnreadableError says what was seen
    where there is no `name=value`, or too much.
    """
    if len(paste) > MAX_PASTE_CHARACTERS:
        raise CookieUnreadableError("More than a million characters were seen.")
    # A tab at the end may be the empty last column of a table.
    text = paste.lstrip(f"\t{_BLANK}").rstrip(_BLANK)
    if not text.strip():
        raise CookieUnreadableError("Nothing was seen.")
    value = printable(_header_value(text))
    if len(value) > MAX_HEADER_BYTES:
        raise CookieUnreadableError("A cookie of more than 16 KiB was seen.")
    if not names(value):
        raise CookieUnreadableError("Text without a name=value was seen.")
    if _is_bare_value(value):
        raise CookieUnreadableError("The value of a cookie was seen, but not its name.")
    return value


def _is_bare_value(text: str) -> bool:
    """Say whether what looks like a name and an equals sign is a value alone: Base64 ends so. Names are shown."""
    name, _, padding = text.partition("=")
    return padding in ("", "=") and looks_secret(name)


def _header_value(text: str) -> str:
    if looks_like_json(text):
        return header_value(cookies_of_json(text))
    if looks_like_curl(text):
        return cookie_of_curl(text)
    if cookies := cookies_of_file(text):
        return header_value(cookies)
    if looks_like_headers(text):
        return cookie_of_headers(text)
    if cookies := cookies_of_rows(text):
        return header_value(cookies)
    for look, seen in _LOOKS_LIKE:
        if look.match(text):
            raise CookieUnreadableError(seen)
    return text
