"""Owns the way through a SOCKS proxy, on a line that can be cut all along.

Which proxy that is, is `poller.proxy`'s to say.
"""

import socket
from typing import Any, Final

import socks

from poller.line import Line
from poller.proxy import Proxy

_VERSIONS: Final = {
    "socks4": socks.SOCKS4,
    "socks4a": socks.SOCKS4,
    "socks5": socks.SOCKS5,
    "socks5h": socks.SOCKS5,
}
_FAMILIES_OF_OWN_LOOKUPS: Final = {"socks4": socket.AF_INET, "socks5": socket.AF_UNSPEC}
"""Of the schemes by which we look names up; by the others the proxy does."""


def connect(line: Line, proxy: Proxy, host: str, port: int) -> socket.socket:
    """Return a socket on the line that the proxy has connected to `host`.

    Raises OSError where it does not, of which `line.partner` says whether the proxy or the relay's name is at fault.
    """
    if proxy.scheme in _FAMILIES_OF_OWN_LOOKUPS:
        found = socket.getaddrinfo(host, port, _FAMILIES_OF_OWN_LOOKUPS[proxy.scheme], socket.SOCK_STREAM)
        host = str(found[0][4][0])

    class Through(socks.socksocket):
        """A socket that goes on to the relay when it is connected to the proxy."""

        def connect(self, dest_pair: Any, catch_errors: bool | None = None) -> None:  # noqa: ANN401, FBT001 - the library's
            address, its_port = dest_pair[:2]
            version = _VERSIONS[proxy.scheme]
            self.set_proxy(version, address, its_port, username=proxy.user, password=proxy.password)
            super().connect((host, port), catch_errors)

    line.partner = proxy.itself
    sock = line.connect(proxy.host, proxy.port, Through)
    line.partner = proxy.relay_behind
    return sock
