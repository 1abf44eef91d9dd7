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
    """Every loopback address, `localhost`, and the `extra` names, without regard to case, port or a trailing dot.

    Beside them the address at which a connection came in, and the one that CCurve was told to listen on: rebinding
    wants a name, and an address of this machine is none.
    """

    def __init__(self, extra: Iterable[str] = (), listening: str = "127.0.0.1") -> None:
        self._names = {"localhost", *(_plain(name) for name in extra)}
        self._listening = _address(listening)

    def allows_authority(self, authority: str, here: str | None = None) -> bool:
        """Return whether a Host header such as `127.0.0.1:8080`, `[::1]` or `localhost.` names this server.

        `here` is the address at which the connection came in.
        """
        match = _AUTHORITY.fullmatch(authority)
        return match is not None and self.allows_name(match["address"] or match["name"], here)

    def allows_name(self, name: str, here: str | None = None) -> bool:
        """Return whether a name or an address, IPv6 without brackets and all without a port, names this server."""
        return _plain(name) in self._names or is_loopback(name) or self._is_own(name, here)

    def _is_own(self, name: str, here: str | None) -> bool:
        address = _address(name)
        if address is None or address.is_loopback:  # those of loopback have one way to be written each
            return False
        return address == self._listening or (here is not None and address == _address(here))


def is_loopback(address: str) -> bool:
    """Return whether `address` is one of 127.0.0.0/8 or ::1, and not a name."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return parsed.is_loopback if isinstance(parsed, IPv4Address) else parsed == _LOOPBACK_V6


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address, IPv4 where that was mapped into IPv6, as on a socket for both; None where there is none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _plain(name: str) -> str:
    return name.lower().removesuffix(".")
