"""Owns how `requests` connects: over a line that can be cut, through a proxy where there is one.

What is sent over it is `poller.exchange`'s. Like that file, it is imported when the first call is made.
"""

import socket
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.poolmanager import ProxyManager

from poller import socks
from poller.line import Line
from poller.proxy import Proxy, proxy_for
from poller.trust import tls_context

_Certificate: TypeAlias = tuple[str, str] | str | None


def prepare(url: str) -> None:
    """Load the certificates that calls to `url` need. Raises UpstreamUnavailableError where they or its proxy fail."""
    proxy = proxy_for(url)
    if url.startswith("https:") or (proxy and proxy.scheme == "https"):
        tls_context()


class _OnLine:
    """Has a connection of urllib3 made by a line, through a proxy if there is one."""

    host: Any
    port: Any

    def __init__(self, *args: Any, line: Line, through: Proxy | None, **kwargs: Any) -> None:  # noqa: ANN401 - urllib3's own, passed on
        super().__init__(*args, **kwargs)
        self._line = line
        self._through = through

    def _new_conn(self) -> socket.socket:
        try:
            if self._through and not self._through.speaks_http:
                return socks.connect(self._line, self._through, self.host, self.port)
            return self._line.connect(self.host, self.port)  # which are the proxy's, if there is one
        except OSError as error:
            # Wrapped as the library does it: some of these it forgives where it sends, and goes on without a socket.
            raise NewConnectionError(cast("HTTPConnection", self), "no connection") from error


class _PlainConnection(_OnLine, HTTPConnection):
    """One over http."""


class _SecureConnection(_OnLine, HTTPSConnection):
    """One over https."""

    def _tunnel(self) -> None:
        super()._tunnel()
        if self._through:
            self._line.partner = self._through.relay_behind


class LineAdapter(HTTPAdapter):
    """Has `requests` speak on one line, through `proxy` if there is one."""

    def __init__(self, line: Line, proxy: Proxy | None) -> None:
        self._line = line
        self._proxy = proxy
        self.proxies: dict[str, str] = {}
        """What is to be handed to `send` with each request."""
        if proxy and proxy.speaks_http:
            line.partner = proxy.itself
            self.proxies["all"] = proxy.url
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - as the library calls it
        proxies: Mapping[str, str] | None = None,
        cert: _Certificate = None,
    ) -> HTTPConnectionPool:
        """Return the pool of the library, with connections made by the line."""
        found = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        pool = cast("HTTPConnectionPool", found)
        secure = issubclass(pool.ConnectionCls, HTTPSConnection)
        pool.ConnectionCls = _SecureConnection if secure else _PlainConnection
        pool.conn_kw |= {"line": self._line, "through": self._proxy}
        return pool

    def build_connection_pool_key_attributes(
        self,
        request: PreparedRequest,
        verify: bool | str,  # noqa: FBT001 - as the library calls it
        cert: _Certificate = None,
    ) -> Any:  # noqa: ANN401 - two dictionaries, whose types only the stubs know
        """Return where to connect to, and what to verify it with."""
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": tls_context()} if host["scheme"] == "https" else {}

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:  # noqa: ANN401 - the library's
        """Return the library's, which verifies a proxy as it does the relay."""
        if proxy.startswith("https:"):
            proxy_kwargs["proxy_ssl_context"] = tls_context()
        return cast("ProxyManager", super().proxy_manager_for(proxy, **proxy_kwargs))

    def proxy_headers(self, proxy: str) -> dict[str, str]:  # noqa: ARG002 - there is but one
        """Return what tells the proxy who asks, in UTF-8 (RFC 7617), where the library knows only Latin-1."""
        if not (self._proxy and self._proxy.user):
            return {}
        told = f"{self._proxy.user}:{self._proxy.password or ''}"
        return {"Proxy-Authorization": f"Basic {b64encode(told.encode()).decode()}"}

    def cert_verify(self, conn: object, url: object, verify: object, cert: object) -> None:
        """Do nothing: the context verifies, where the library would look for the bundle's file again."""
