"""Owns the one connection of a call: how it is made, and how another thread cuts it at any moment.

What is said over it is `poller.exchange`'s, when it is cut is `poller.calls`'.
"""

import contextlib
import socket
import threading
from typing import Final, NamedTuple

CONNECT_S: Final = 10
"""How long an address may take to accept a connection, and each step of making it a secure one."""


class Partner(NamedTuple):
    """Who is spoken with: the relay, as far as can be told, or the proxy before it. Sentences call it `name`."""

    name: str
    is_proxy: bool


RELAY: Final = Partner("relay", is_proxy=False)


class Line:
    """A connection that can be cut from outside, whatever the thread that uses it is waiting for.

    It is held by a second descriptor of the same socket: shutting that down ends every wait on the first, through
    TLS too, and cannot hit a descriptor that was closed and given to somebody else meanwhile.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grip: socket.socket | None = None
        self._reason: str | None = None
        self.partner = RELAY
        """Who is spoken with now: the proxy at first, where there is one."""

    @property
    def cut_reason(self) -> str | None:
        """The sentence that says why the line was cut, None where it was not."""
        return self._reason

    def connect(self, host: str, port: int, make: type[socket.socket] = socket.socket) -> socket.socket:
        """Return a socket, of the type `make`, connected to the first address of `host` that answers within 10 seconds.

        Raises OSError where none does or the line was cut, UnicodeError where `host` cannot be a name.
        """
        failure = OSError("the name has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            sock = make(family, kind, protocol)
            try:
                self._hold(sock)
                sock.settimeout(CONNECT_S)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.connect(address)
            except OSError as error:
                sock.close()
                failure = error
            else:
                return sock
        raise failure

    def cut(self, reason: str) -> None:
        """End whatever is under way, and all that would follow. Safe from any thread; the first reason stays."""
        with self._lock:
            if self._reason is None:
                self._reason = reason
            if self._grip is not None:
                # Not connected yet, or no longer.
                with contextlib.suppress(OSError):
                    self._grip.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the connection, so that closing the first descriptor ends it."""
        with self._lock:
            if self._grip is not None:
                self._grip.close()
                self._grip = None

    def _hold(self, sock: socket.socket) -> None:
        grip = sock.dup()
        self.close()
        with self._lock:
            self._grip = grip
            if self._reason is not None:
                raise ConnectionAbortedError("the line was cut")
