"""Owns one Set-Cookie line: whether it concerns us, and whether it sets or deletes its cookie (RFC 6265, section 5).

What the change does to the stored header value is `domain.cookie`'s.
"""

import re
from typing import Final

from msgspec import Struct

from domain.cookie_date import read_cookie_date

_PRINTABLE: Final = re.compile(r"[\x20-\x7e]*")
_DELTA: Final = re.compile(r"-?[0-9]+")


class Change(Struct, frozen=True):
    """One cookie set to `value` (perhaps empty), or deleted where that is None; `domain` and `path` are its scope."""

    name: str
    value: str | None
    domain: str
    path: str

    @property
    def scope(self) -> tuple[str, str, str]:
        """What a browser would know the cookie by."""
        return self.name, self.domain, self.path


def read_change(line: str, *, host: str, path: str, now_ms: int) -> Change | None:
    """Return what the line changes; None where it is malformed or meant for another host or path.

    `host` and `path` are those of the request that was answered; `now_ms` is UTC epoch milliseconds. Max-Age beats
    Expires, the last of several attributes counts, and one that cannot be read counts as not there. Secure, HttpOnly
    and the prefixes `__Host-` and `__Secure-` mean nothing here: the cookie goes back to where it came from.
    """
    if not _PRINTABLE.fullmatch(line):
        return None
    pair, *attributes = line.split(";")
    name, equals, value = (part.strip() for part in pair.partition("="))
    if not equals or not name:
        return None
    for_domain, for_path, max_age, expires_ms = "", "", None, None
    for attribute in attributes:
        key, _, text = (part.strip() for part in attribute.partition("="))
        match key.lower():
            case "domain":
                for_domain = text.removeprefix(".").lower()
            case "path":
                for_path = text if text.startswith("/") else ""
            case "max-age" if _DELTA.fullmatch(text):
                max_age = text
            case "expires" if (date_ms := read_cookie_date(text)) is not None:
                expires_ms = date_ms
    if not _domain_matches(host.lower(), for_domain) or not _path_matches(path, for_path):
        return None
    if max_age is not None:
        # Its sign is all that matters, and the digits may be more than an int takes.
        deleted = max_age.startswith("-") or not max_age.strip("0")
    else:
        deleted = expires_ms is not None and expires_ms <= now_ms
    return Change(name, None if deleted else value, for_domain, for_path)


def _domain_matches(host: str, domain: str) -> bool:
    """Tell whether a cookie for `domain` goes to `host`; without a domain it goes to the host that set it."""
    return not domain or host == domain or (host.endswith(f".{domain}") and not host.replace(".", "").isdigit())


def _path_matches(path: str, cookie_path: str) -> bool:
    """Tell whether a cookie for `cookie_path` goes with `path`; without a path it goes with what is beside it."""
    if not cookie_path or path == cookie_path:
        return True
    return path.startswith(cookie_path if cookie_path.endswith("/") else f"{cookie_path}/")
