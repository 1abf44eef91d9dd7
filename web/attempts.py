"""Owns how often somebody may give a wrong key: a bound for each peer, and one for all of them together.

What a wrong key answers is the gate's. Lives on the event loop; nothing waits here, so many keys at once are counted
one by one.
"""

from collections import deque
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Final

from domain.clock import Clock

PEER_LIMIT: Final = 10
"""How many wrong keys of one peer in a minute are judged; no key of it is judged until the first of them is older."""

LIMIT: Final = 100
"""How many wrong keys of all peers in a minute are judged: somebody with many addresses does not guess without end."""

_WINDOW_S: Final = 60.0
_KNOWN: Final = 256
_NETWORK: Final = (1 << 64) - 1
"""Of an IPv6 address: whoever has one has all that differ only here."""


class Attempts:
    """The wrong keys of the last minute, at most `LIMIT` of them.

    Peers that gave the right key since the start (the newest so many of them) have their own bound alone: others
    cannot shut them out by using up everybody's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong: deque[tuple[float, str]] = deque()
        self._known: dict[str, None] = {}

    def wait_s(self, peer: str) -> int:
        """Return for how many seconds no key of this peer is judged, 0 where the next one is."""
        now_s = self._clock.monotonic_s()
        while self._wrong and now_s - self._wrong[0][0] >= _WINDOW_S:
            self._wrong.popleft()
        place = _place(peer)
        own = [at_s for at_s, whose in self._wrong if whose == place]
        waits = [_until_over(own, PEER_LIMIT, now_s)]
        if place not in self._known:
            waits.append(_until_over([at_s for at_s, _ in self._wrong], LIMIT, now_s))
        return max(waits)

    def wrong(self, peer: str) -> None:
        """Note a wrong key. Called only where there was nothing to wait for."""
        self._wrong.append((self._clock.monotonic_s(), _place(peer)))

    def right(self, peer: str) -> None:
        """Note the right key. What was wrong before still counts."""
        place = _place(peer)
        self._known.pop(place, None)
        self._known[place] = None
        while len(self._known) > _KNOWN:
            del self._known[next(iter(self._known))]


def _until_over(times_s: Iterable[float], limit: int, now_s: float) -> int:
    """Return when fewer than `limit` of them, oldest first, are of the last minute."""
    newest = deque(times_s, maxlen=limit)
    return max(1, ceil(newest[0] + _WINDOW_S - now_s)) if len(newest) == limit else 0


def _place(peer: str) -> str:
    """Return what is counted as one peer: an IPv4 address, however it is written, or a /64 of IPv6."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) & ~_NETWORK))
    return str(address)
