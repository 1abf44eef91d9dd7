"""Owns what the relay charges over the days: a fixed number a day, in bursts, corrected and late now and then.

How it is answered is `relay`'s. Amounts are whole millionths; as text they are everything that a relay may write.
"""

from bisect import insort
from heapq import heappop, heappush
from random import Random
from typing import Final, NamedTuple

from domain.zones import utc_text

MINUTE_MS: Final = 60_000
DAY_MS: Final = 86_400_000
MODELS: Final = (
    "claude-sonnet-4-5-20250929",
    "claude-sonnet-4-20250514",
    "claude-opus-4-1-20250805",
    "claude-3-5-haiku-20241022",
    '模型 "one"',
)
_FIRST_ID: Final = 11_000_000
_HISTORY_MS: Final = 30 * DAY_MS
_REACH: Final = 30
"""Of the newest so many, some are corrected."""


class Row(NamedTuple):
    """A charge that counts, as whoever adds up sees it."""

    model: str
    micros: int
    created_ms: int


class Charge(NamedTuple):
    """One line of the relay's. `row` is None where it does not count; `late` says that it was not there in its time."""

    created_ms: int
    id: int
    text: bytes
    row: Row | None
    late: bool = False


class Charges:
    """All charges, oldest first, as far as time has got: `until_ms`, which is the relay's own and always right."""

    def __init__(self, start_ms: int, days: int, total: int) -> None:
        """Half of the `total` is charged in the month before the start, the other half in the days."""
        self.until_ms = start_ms
        self.before = total // 2
        self.all: list[Charge] = []
        self.corrected = 0
        self.came_late = 0
        self._random = Random(20251025)  # noqa: S311 - the same ones at every run
        self._minutes = _shares(self._random, days, total - self.before)
        self._minute = 0
        self._next_id = _FIRST_ID
        self._held_back: list[tuple[int, Charge]] = []
        for created_ms in sorted(start_ms - self._random.randrange(_HISTORY_MS) for _ in range(self.before)):
            self.all.append(self._charge(created_ms))

    def pass_minute(self) -> None:
        """Charge what a minute brings."""
        random, start_ms = self._random, self.until_ms
        self.until_ms += MINUTE_MS
        if self._minute < len(self._minutes):
            count, self._minute = self._minutes[self._minute], self._minute + 1
            for created_ms in sorted(start_ms + 1 + random.randrange(MINUTE_MS) for _ in range(count)):
                charge = self._charge(created_ms)
                if random.random() < 0.01:
                    heappush(self._held_back, (created_ms + random.randrange(5, 90) * MINUTE_MS, charge))
                else:
                    insort(self.all, charge)
                    self._add_what_does_not_count(created_ms)
        while self._held_back and self._held_back[0][0] <= self.until_ms:
            self.came_late += 1
            insort(self.all, heappop(self._held_back)[1]._replace(late=True))
        if random.random() < 0.3:
            self._correct(len(self.all) - 1 - random.randrange(_REACH))

    def _correct(self, index: int) -> None:
        before = self.all[index]
        if before.row is None:
            return
        self.corrected += 1
        moved_ms = 1_500 if self._random.random() < 0.1 else 0
        del self.all[index]
        insort(self.all, self._charge(before.created_ms - moved_ms, before.id, late=before.late or moved_ms > 0))

    def _charge(self, created_ms: int, identity: int | None = None, *, late: bool = False) -> Charge:
        random = self._random
        whole = random.random() < 0.2
        micros = random.randrange(1, 900) * 1_000_000 if whole else random.randrange(1, 60_000_000)
        row = Row(random.choice(MODELS), micros, created_ms)
        if identity is None:
            identity = self._id()
        return Charge(created_ms, identity, _text(identity, row, _amount(random, micros)), row, late)

    def _add_what_does_not_count(self, created_ms: int) -> None:
        chance = self._random.random()
        if chance > 0.022:
            return
        row = Row(MODELS[0], 0, created_ms)
        identity = self._id()
        if chance < 0.02:
            text = _text(identity, row, "0").replace(b'v1/messages"', b'v1/messages/count_tokens"')
        else:
            text = _text(identity, row, '"much"')
        insort(self.all, Charge(created_ms, identity, text, None))

    def _id(self) -> int:
        self._next_id += 1
        return self._next_id


def _shares(random: Random, days: int, total: int) -> list[int]:
    """Return how many charges each minute brings: `total` over the days, the same number on each."""
    found: list[int] = []
    for day in range(days):
        of_day = total * (day + 1) // days - total * day // days
        weights = [(2.0 if minute // 60 % 24 < 11 else 1.0) * random.choice((0.2, 1, 1, 3)) for minute in range(1440)]
        scale, reached, given = of_day / sum(weights), 0.0, 0
        for weight in weights:
            reached += weight * scale
            found.append(round(reached) - given)
            given = round(reached)
    return found


def _amount(random: Random, micros: int) -> str:
    """Return an amount as JSON, in one of the ways in which it may be written. No float is made on the way."""
    whole, rest = divmod(micros, 1_000_000)
    text = f"{whole}.{rest:06d}" if rest else f"{whole}"
    form = random.randrange(4)
    if form == 0:
        return f'"{text}"'
    if form == 1 and rest:
        return text.rstrip("0")
    return f"{micros}e-6" if form == 2 else text


def _text(identity: int, row: Row, amount: str) -> bytes:
    model = row.model.replace('"', '\\"')
    return (
        f'{{"id":{identity},"type":"USAGE","endpoint":"v1/messages","creditsUsed":{amount},'
        f'"createdAt":"{utc_text(row.created_ms)}","model":"{model}"}}'
    ).encode()
