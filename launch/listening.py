"""Owns the socket to listen on: which port, and what address people are told.

What is served there is `web`'s.
"""

import errno
import socket
import sys
from typing import Final

from domain.errors import PortTakenError

_LOOPBACK: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what stands for all addresses
_DEFAULT_PORTS: Final = range(8080, 8100)


def listening_socket(host: str, port: int | None) -> socket.socket:
    """Return a bound socket: on `port` (0 for any that is free), else on the first free default one.

    `host` is an IP address. Raises PortTakenError.
    """
    if port is not None:
        return _bound(host, port)
    for candidate in _DEFAULT_PORTS:
        try:
            return _bound(host, candidate)
        except PortTakenError:
            continue
    raise PortTakenError(
        f"All ports from {_DEFAULT_PORTS[0]} to {_DEFAULT_PORTS[-1]} are taken. Choose a free one with --port."
    )


def address_of(listener: socket.socket) -> str:
    """Return a URL of what listens there: by its number, since the name `localhost` may lead to another program.

    What listens on all addresses is told by that of loopback, which can be opened.
    """
    host, port = listener.getsockname()[:2]
    host = _LOOPBACK.get(host, host)
    return f"http://[{host}]:{port}" if listener.family == socket.AF_INET6 else f"http://{host}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There SO_REUSEADDR would let two programs share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if listener.family == socket.AF_INET6:
            # `::` takes IPv4 in, too, on every system: of itself it would on Linux and macOS, and not on Windows.
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind((host, port))
        listener.listen(128)
        listener.setblocking(False)  # noqa: FBT003 - the library's signature
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {port} on {host} is taken. Choose another one with --port, or 0 for any that is free."
        else:
            sentence = f"CCurve cannot listen on {host}, port {port} ({error.strerror}). Choose others: --host, --port."
        raise PortTakenError(sentence) from error
    return listener
