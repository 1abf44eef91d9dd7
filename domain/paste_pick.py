"""Owns the choice among cookies that came one by one: those for the relay, each name once, as one header value.

Where they came from is the business of the `paste_` modules that read them.
"""

from typing import Final

from msgspec import Struct

from domain.paste_text import printable

_SITE: Final = "aicodemirror.com"
_HOST: Final = "www.aicodemirror.com"
_PATH: Final = "/api/user/usage"


class PastedCookie(Struct, frozen=True):
    """One cookie as it was pasted; `domain` and `path` are empty where the paste does not say."""

    name: str
    value: str
    domain: str = ""
    path: str = ""


def header_value(cookies: list[PastedCookie]) -> str:
    """Return the header value of those among `cookies` that are for the relay, in their order, each name once.

    Kept are those that a browser would send to the relay, and those without a domain; failing that, those of any host
    of the relay's site; failing that, all, for the relay may be a mirror. Where a name is there several times, the one
    counts whose path fits, then whose domain is the most specific, then whose path is the longest, then the last. Those
    without a name are left out. Empty where none is left.
    """
    best: dict[str, PastedCookie] = {}
    for cookie in _for_the_relay(cookies):
        name = printable(cookie.name).replace(";", "%3B").replace("=", "%3D")
        if name and (name not in best or _rank(cookie) >= _rank(best[name])):
            best[name] = cookie
    return "; ".join(f"{name}={printable(cookie.value).replace(';', '%3B')}" for name, cookie in best.items())


def _for_the_relay(cookies: list[PastedCookie]) -> list[PastedCookie]:
    hosts = [_host(cookie) for cookie in cookies]
    if any(host in (_HOST, _SITE) for host in hosts):
        return [cookie for cookie, host in zip(cookies, hosts, strict=True) if host in (_HOST, _SITE, "")]
    if any(host.endswith(f".{_SITE}") for host in hosts):
        return [cookie for cookie, host in zip(cookies, hosts, strict=True) if not host or host.endswith(f".{_SITE}")]
    return cookies


def _host(cookie: PastedCookie) -> str:
    return cookie.domain.strip().lower().removeprefix(".")


def _rank(cookie: PastedCookie) -> tuple[bool, int, int]:
    path = cookie.path.strip()
    fits = not path or path == _PATH or _PATH.startswith(path if path.endswith("/") else f"{path}/")
    return fits, len(_host(cookie)), len(path)
