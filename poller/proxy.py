"""Owns which proxy the relay is asked through, as the environment or the system's settings want it.

How it is spoken with is `poller.transport`'s and `poller.socks`'. Like them, it is imported by the first call.
"""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from domain.errors import UpstreamUnavailableError
from poller.line import RELAY, Partner

_PORTS: Final = {"http": 80, "https": 443, "socks4": 1080, "socks4a": 1080, "socks5": 1080, "socks5h": 1080}


class Proxy(Struct, frozen=True):
    """A proxy: `scheme` is one of those above, `user` and `password` are None where its address has none."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None

    @property
    def url(self) -> str:
        """Its address, without user and password."""
        return f"{self.scheme}://{self.address}"

    @property
    def address(self) -> str:
        """Its host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def speaks_http(self) -> bool:
        """Whether it is spoken with in HTTP, else in SOCKS."""
        return self.scheme in ("http", "https")

    @property
    def itself(self) -> Partner:
        """The partner while it is spoken with."""
        return Partner(f"proxy {self.address}", is_proxy=True)

    @property
    def relay_behind(self) -> Partner:
        """The partner once it has connected us to the relay."""
        return Partner(f"{RELAY.name} behind the proxy {self.address}", is_proxy=False)

    def __repr__(self) -> str:
        """Show neither user nor password."""
        return f"Proxy({self.url})"


def proxy_for(url: str) -> Proxy | None:
    """Return the proxy to reach `url` through, None for the direct way; this machine is always reached directly.

    Raises UpstreamUnavailableError where there is one whose address cannot be used.
    """
    if _is_local(urlsplit(url).hostname or ""):
        return None
    address = select_proxy(url, get_environ_proxies(url, no_proxy=None))
    if not address:
        return None
    try:
        parts = parse_url(address if "://" in address else f"http://{address}")
    except LocationParseError:
        raise _unusable() from None
    if not parts.host or parts.scheme not in _PORTS:
        raise _unusable()
    user, password = parts.auth_decoded
    return Proxy(parts.scheme, parts.host.strip("[]"), parts.port or _PORTS[parts.scheme], user or None, password)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unusable() -> UpstreamUnavailableError:
    return UpstreamUnavailableError(
        "The address of the proxy in the environment cannot be used. "
        f"It must be like http://user:password@host:port; instead of http: {', '.join(list(_PORTS)[1:])}."
    )
