"""Owns charges that look like real work, the same at every run but for the day, and an afternoon to show them in."""

from datetime import UTC, datetime
from itertools import count
from typing import Final

from domain.zones import utc_text, zone
from poller.demo_traffic import Charge, Traffic
from tests.fakes.relay import RelayRecord, charge

SECOND_MS: Final = 1000
MINUTE_MS: Final = 60 * SECOND_MS
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS

HAIKU: Final = "claude-3-5-haiku-20241022"
SONNET: Final = "claude-sonnet-4-20250514"
SONNET_45: Final = "claude-sonnet-4-5-20250929"
OPUS: Final = "claude-opus-4-1-20250805"

_SEED: Final = 182
_CROWD: Final = (1, 2)
_WEDNESDAY: Final = datetime(2025, 8, 27, 15, 40, tzinfo=UTC)
_WEDNESDAY_MS: Final = int(_WEDNESDAY.timestamp() * 1000)
_NEVER_MS: Final = _WEDNESDAY_MS + 10_000 * DAY_MS
# Where the clock is never put forward or back, from eleven hours behind UTC to twelve ahead.
_CITIES: Final = (
    *("Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Gambier", "Pacific/Pitcairn", "America/Phoenix"),
    *("America/Costa_Rica", "America/Bogota", "America/Puerto_Rico", "America/Sao_Paulo", "America/Noronha"),
    *("Atlantic/Cape_Verde", "Africa/Accra", "Africa/Lagos", "Africa/Johannesburg", "Asia/Riyadh", "Asia/Dubai"),
    *("Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Brisbane"),
    *("Pacific/Noumea", "Pacific/Fiji"),
)
_identities = count(20_000_000_000)  # above those that follow from the time


def afternoon(now_ms: int) -> str:
    """Return the name of a zone in which it is between ten past three and ten past four in the afternoon."""
    ahead_h = round((_WEDNESDAY_MS - now_ms) % DAY_MS / HOUR_MS)
    return _CITIES[(ahead_h + 11) % 24]


def work(now_ms: int, length_ms: int) -> list[RelayRecord]:
    """Return what one developer was charged until now, newest first: days of bursts and pauses, lunch, quiet nights."""
    return _until(now_ms, Traffic(_SEED, zone("UTC"), _NEVER_MS).between(_WEDNESDAY_MS - length_ms, _WEDNESDAY_MS))


def crowd(now_ms: int, requests: int) -> list[RelayRecord]:
    """Return so many charges of the day until now, newest first, in which nobody rests: at most 10,000."""
    from_ms = _WEDNESDAY_MS - DAY_MS
    both = [found for seed in _CROWD for found in Traffic(seed, zone("UTC"), from_ms).between(from_ms, _WEDNESDAY_MS)]
    rows = _until(now_ms, sorted(both, key=lambda found: found.created_ms))
    alone = list({row["id"]: row for row in rows}.values())
    return [alone[number * len(alone) // requests] for number in range(requests)]


def single(at_ms: int, credits: object = 9, model: str = SONNET) -> RelayRecord:  # noqa: A002 - the word of the trade
    """Return one charge, which is newer by its id than all that was made before."""
    return charge(next(_identities), credits=credits, at=utc_text(at_ms), model=model)


def _until(now_ms: int, charges: list[Charge]) -> list[RelayRecord]:
    later_ms = now_ms - _WEDNESDAY_MS
    return [
        charge(
            (found.created_ms + later_ms) // 100,
            credits=found.credits,
            at=utc_text(found.created_ms + later_ms),
            model=found.model,
        )
        for found in reversed(charges)
    ]
