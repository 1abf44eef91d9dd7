"""Owns how `requests` connects: over a line that can be cut, and trusting certificates that are held in memory.

What is sent over it is `poller.exchange`'s. Like that file, it is imported when the first call is made.
"""

import os
import socket
import ssl
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, cast

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import NewConnectionError

from domain.errors import UpstreamUnavailableError
from poller.line import Line

_Certificate: TypeAlias = tuple[str, str] | str | None


@cache
def tls_context() -> ssl.SSLContext:
    """Return what the relay's certificate is verified with: the bundle named in the environment, else the built-in one.

    Read once and kept: a frozen program's files may be gone after some days. Raises UpstreamUnavailableError where the
    bundle cannot be read.
    """
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or DEFAULT_CA_BUNDLE_PATH
    try:
        if Path(bundle).is_dir():
            return ssl.create_default_context(capath=bundle)
        return ssl.create_default_context(cafile=bundle)
    except OSError as error:
        raise UpstreamUnavailableError(
            "The trusted certificates cannot be read. Check REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE."
        ) from error


class _OnLine:
    """Has a connection of urllib3 made by a line."""

    host: Any
    port: Any

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:  # noqa: ANN401 - urllib3's own, passed on
        super().__init__(*args, **kwargs)
        self._line = line

    def _new_conn(self) -> socket.socket:
        try:
            return self._line.connect(self.host, self.port)
        except OSError as error:
            # Wrapped as the library does it: some of these it forgives where it sends, and goes on without a socket.
            raise NewConnectionError(cast("HTTPConnection", self), "no connection") from error


class _PlainConnection(_OnLine, HTTPConnection):
    """One over http."""


class _SecureConnection(_OnLine, HTTPSConnection):
    """One over https."""


class LineAdapter(HTTPAdapter):
    """Has `requests` speak on one line."""

    def __init__(self, line: Line) -> None:
        self._line = line
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
        pool.conn_kw["line"] = self._line
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

    def cert_verify(self, conn: object, url: object, verify: object, cert: object) -> None:
        """Do nothing: the context verifies, where the library would look for the bundle's file again."""
