"""Owns how much is taken from whoever asks, and how long they are waited for.

What happens to those who exceed it is said where it does: `protocol`, `connections`, `guard` and `stream`.
"""

from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

_OTHER_FILES: Final = 128
"""How many files are kept for everything else: the store, the calls to the relay, standard output, the browser."""


class Limits(Struct, frozen=True):
    """The bounds. Reading an answer takes as long as it takes, as long as there is room for others."""

    connections: int = 2_048
    # A thousand pages are served (`make bench`), and as many connections are left for everything else.
    streams: int = 1_024
    # 128 fields of 8,190 bytes are what the parser takes; no browser comes near this.
    head_bytes: int = 64 * 1024
    head_timeout_s: float = 10.0
    # 512 KiB at 17 KiB a second.
    body_timeout_s: float = 30.0
    # Longer than the proxies that people put in front keep a connection (nginx 60 s, Traefik 90 s, Caddy 120 s), so
    # that it is theirs to close; without one, browsers come back by themselves.
    idle_timeout_s: float = 180.0

    def within(self, files: int) -> Self:
        """Return the limits where so many files may be open at once, connections included."""
        connections = min(self.connections, max(files - _OTHER_FILES, files // 2))
        return replace(self, connections=connections, streams=min(self.streams, connections // 2))


USUAL: Final = Limits()
