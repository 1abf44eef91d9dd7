"""Owns how the kills of a run are spread over what they hit."""

from typing import Final

SHARES: Final = {
    "polling": 36,
    "map growth": 10,
    "retention": 12,
    "cookie": 14,
    "settings": 8,
    "migration": 10,
    "start": 4,
    "first start": 4,
    "two starts": 2,
}
"""How many of a hundred, by kind."""


def share(kind: str, kills: int) -> int:
    """Return how many of that many kills fall to a kind: one at the least."""
    return max(1, round(kills * SHARES[kind] / sum(SHARES.values())))
