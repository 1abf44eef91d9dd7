"""Owns records as text: JSON objects as the contract has them.

What stands around them is `documents`', `frames`' and `export`'s.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from domain.credits import credits_text
from domain.records import Record
from domain.zones import Zone
from web.times import MILLIS, NOWHERE, stretch_at

BATCH: Final = 250
"""How many records are encoded at a time: some 34 KB, which takes a third less time a record than 270 KB do."""

KEPT_AMOUNTS: Final = 4_096

# Amounts said lately: there are few of them, and pages ask for the same windows again and again.
_amounts: Final[dict[int, str]] = {}


def amount_text(micros: int) -> str:
    """Return millionths of a credit as exact decimal text, and remember it for a while."""
    if len(_amounts) >= KEPT_AMOUNTS:
        _amounts.clear()
    text = _amounts[micros] = credits_text(micros)
    return text


def records_text(records: Iterable[Record], where: Zone, separator: str = ",") -> str:
    """Return the records as JSON objects, times in the zone's. Fastest where they are in the order of time."""
    # In one piece and in few words, for this is what a large answer spends its time on.
    amounts, millis = _amounts, MILLIS
    names: dict[str, str] = {}
    between = f'"}}{separator}{{"id":'
    parts: list[str] = []
    from_ms, to_ms, hour_ms, utc, utc_rest, local, local_rest = NOWHERE
    for record in records:
        model, micros, ms = record.model, record.micros, record.created_ms
        if ms >= to_ms or ms < from_ms:
            from_ms, to_ms, hour_ms, utc, utc_rest, local, local_rest = stretch_at(ms, where)
            utc, local = f',"createdAt":"{utc}', f'","time":"{local}'
        # Mostly known, and then trying costs nothing, unlike asking first.
        try:
            name, amount = names[model], amounts[micros]
        except KeyError:
            amount = amount_text(micros)
            name = names[model] = f',"model":{msgspec.json.encode(model).decode()},"creditsUsed":'
        rest = ms - hour_ms
        second = rest // 1000
        parts += (
            between,
            str(record.id),
            name,
            amount,
            utc,
            utc_rest[second],
            millis[rest % 1000],
            local,
            local_rest[second],
        )
    if not parts:
        return ""
    parts[0] = parts[0].removeprefix(f'"}}{separator}')
    parts.append('"}')
    return "".join(parts)


def record_batches(records: Iterable[Record], where: Zone) -> Iterator[bytes]:
    """Yield the records as JSON objects with commas between, `BATCH` of them at a time; nothing for none.

    Takes from `records` only as it goes, so that there is never more than a batch of them.
    """
    source = iter(records)
    before = ""
    while text := records_text(islice(source, BATCH), where):
        yield f"{before}{text}".encode()
        before = ","
