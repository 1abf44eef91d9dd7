"""Owns the names by which requests may call this server.

What a wrong one answers is the guard's. A page that reached us by DNS rebinding gives itself away by its name alone.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

_AUTHORITY: Final = re.compile(
    r"(?:\[(?P<address>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)\]|(?P<name>[0-9A-Za-z_.-]+))(?::[0-9]{1,5})?"
)
_LOOPBACK_V6: Final = IPv6Address("::1")


class Hosts:
    """Every loopback address, `localhost`, and the `extra` names, without regard to case, port or a trailing dot."""

    def __init__(self, extra: Iterable[str] = ()) -> None:
        self._names = {"localhost", *(_plain(name) for name in extra)}

    def allows_authority(self, authority: str) -> bool:
        """Return whether a Host header such as `127.0.0.1:8080`, `[::1]` or `localhost.` names this server."""
        match = _AUTHORITY.fullmatch(authority)
        return match is not None and self.allows_name(match["address"] or match["name"])

    def allows_name(self, name: str) -> bool:
        """Return whether a name or an address, IPv6 without brackets and all without a port, names this server."""
        return _plain(name) in self._names or is_loopback(name)


def is_loopback(address: str) -> bool:
    """Return whether `address` is one of 127.0.0.0/8 or ::1, and not a name."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return parsed.is_loopback if isinstance(parsed, IPv4Address) else parsed == _LOOPBACK_V6


def _plain(name: str) -> str:
    return name.lower().removesuffix(".")
