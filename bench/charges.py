"""Owns the charges that are measured with: a year of them, of which the last day holds 10,000."""

import random
from collections.abc import Iterator
from typing import Final

from domain.records import Answer, Record

MODELS: Final = (
    "claude-sonnet-4-20250514",
    "claude-opus-4-1-20250805",
    "claude-3-5-haiku-20241022",
    "claude-sonnet-4-5-20250929",
)
DAY_MS: Final = 86_400_000
LAST_DAY: Final = 10_000
FIRST_ID: Final = 11_000_000


def year_of_charges(count: int, now_ms: int) -> list[Record]:
    """Return `count` records of the year before `now_ms`, oldest first."""
    dice = random.Random(1)  # noqa: S311 - the same ones at every run
    day_start = now_ms - DAY_MS + 600_000
    times = [dice.randrange(now_ms - 365 * DAY_MS, day_start - 1_200_000) for _ in range(count - LAST_DAY)]
    times += [dice.randrange(day_start, now_ms - 1000) for _ in range(LAST_DAY)]
    return [
        Record(FIRST_ID + 3 * number, dice.choice(MODELS), dice.randrange(1, 90) * 1_000_000, created_ms)
        for number, created_ms in enumerate(sorted(times))
    ]


def answers(records: list[Record], size: int) -> Iterator[Answer]:
    """Yield the records as answers of `size`, as the relay would give them: newest first."""
    for start in range(0, len(records), size):
        page = records[start : start + size]
        yield Answer(page[::-1], len(page), page[0].created_ms, page[-1].created_ms)
