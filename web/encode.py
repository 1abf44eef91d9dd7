"""Owns records as text: JSON objects, and what they add up to by model on the way.

What stands around them is `documents`', `frames`' and `export`'s.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from domain.credits import credits_text
from domain.records import ModelTotal, Record
from domain.zones import MinuteTexts, Zone

BATCH: Final = 2_000
"""How many records are encoded at a time: some 270 KB."""

_KEPT_AMOUNTS: Final = 4_096
_SECONDS: Final = [f"{second:02d}" for second in range(60)]
_MILLIS: Final = [f".{milli:03d}Z" for milli in range(1000)]


class Amounts(dict[int, str]):
    """Maps millionths of a credit to their exact decimal text; forgets when it has grown large."""

    def __missing__(self, micros: int) -> str:
        if len(self) >= _KEPT_AMOUNTS:
            self.clear()
        text = self[micros] = credits_text(micros)
        return text


class TimeTexts:
    """Times as text, for many of them in order: the contract's form and the zone's."""

    def __init__(self, where: Zone) -> None:
        self._minutes = MinuteTexts(where)

    def both(self, ms: int) -> tuple[str, str]:
        """Return such as `("2025-08-25T13:39:44.230Z", "2025-08-25 21:39:44")`."""
        utc, local = self._minutes[ms // 60_000]
        second = _SECONDS[ms // 1000 % 60]
        return f"{utc}{second}{_MILLIS[ms % 1000]}", f"{local}{second}"


class _Tally:
    """One model: its name as JSON, and the sum so far."""

    __slots__ = ("latest_ms", "micros", "name", "requests")

    def __init__(self, model: str) -> None:
        self.name = msgspec.json.encode(model).decode()
        self.micros = 0
        self.requests = 0
        self.latest_ms = 0


class _Tallies(dict[str, _Tally]):
    def __missing__(self, model: str) -> _Tally:
        tally = self[model] = _Tally(model)
        return tally


class RecordEncoder:
    """Turns records, oldest first, into JSON in the zone's time, and adds them up."""

    def __init__(self, where: Zone) -> None:
        self._texts = MinuteTexts(where)
        self._amounts = Amounts()
        self._tallies = _Tallies()

    def objects(self, records: Iterable[Record]) -> list[str]:
        """Return each record as a JSON object."""
        # In one piece, for this is what a large answer spends its time on.
        texts, amounts, tallies = self._texts, self._amounts, self._tallies
        found: list[str] = []
        add = found.append
        last_minute = -1
        utc = local = ""
        for record in records:
            tally = tallies[record.model]
            micros = record.micros
            ms = record.created_ms
            tally.micros += micros
            tally.requests += 1
            tally.latest_ms = ms
            minute = ms // 60_000
            if minute != last_minute:
                utc, local = texts[minute]
                last_minute = minute
            second = _SECONDS[ms // 1000 % 60]
            add(
                f'{{"id":{record.id},"model":{tally.name},"creditsUsed":{amounts[micros]},'
                f'"createdAt":"{utc}{second}{_MILLIS[ms % 1000]}","time":"{local}{second}"}}'
            )
        return found

    def batches(self, records: Iterable[Record]) -> Iterator[bytes]:
        """Yield the records as JSON objects with commas between, `BATCH` of them at a time; nothing for none.

        Takes from `records` only as it goes, so that there is never more than a batch of them.
        """
        source = iter(records)
        before = ""
        while objects := self.objects(islice(source, BATCH)):
            yield (before + ",".join(objects)).encode()
            before = ","

    def totals(self) -> list[ModelTotal]:
        """Return the sum of everything encoded so far by model, by amount, largest first."""
        totals = [
            ModelTotal(model, tally.micros, tally.requests, tally.latest_ms) for model, tally in self._tallies.items()
        ]
        return sorted(totals, key=lambda total: (-total.micros, total.model))
