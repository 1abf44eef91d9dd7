"""What holds of retention whatever the clock of this machine shows: hypothesis sets it, the relay's is right."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from domain.settings import Config
from storage import files
from storage.store import Store, opened
from tests.storage.examples import START_MS, answer, everything, record

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
YEARS_MS = 30 * 365 * DAY_MS
CELL_MS = 4 * HOUR_MS


class Step(Struct, frozen=True):
    """Hours pass; then the relay is asked, which says what time it is or does not; then it is looked for what is old.

    `wrong_ms` is how far this machine's clock is ahead meanwhile.
    """

    hours: int
    wrong_ms: int
    is_dated: bool


wrongs = st.sampled_from([0, 0, -HOUR_MS, HOUR_MS, -YEARS_MS, YEARS_MS]) | st.integers(-YEARS_MS, YEARS_MS)
steps = st.builds(Step, st.integers(1, 60), wrongs, st.booleans())


@given(lives=st.lists(st.lists(steps, min_size=1, max_size=6), min_size=1, max_size=3), days=st.integers(1, 5))
@settings(max_examples=40)
def test_no_clock_removes_what_is_young_and_a_right_one_removes_what_is_old(lives: list[list[Step]], days: int) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        files.prepare(directory)
        relay_hours: list[int] = []
        for life in lives:
            with opened(directory) as store:
                asyncio.run(_live(store, life, days, relay_hours))


async def _live(store: Store, life: list[Step], days: int, relay_hours: list[int]) -> None:
    """Live through the steps; `relay_hours` are those of all charges so far, which are numbered in their order."""
    await store.settings.save_config(Config(retention_days=days))
    for step in life:
        relay_hours.append(step.hours + (relay_hours[-1] if relay_hours else 0))
        relay_ms = START_MS + relay_hours[-1] * HOUR_MS
        newest = record(len(relay_hours), after_ms=relay_ms - START_MS)
        shown_ms = relay_ms + step.wrong_ms
        await store.history.apply(answer([newest], sent_ms=relay_ms if step.is_dated else None), shown_ms)
        await store.history.prune(shown_ms)
        kept = {one.id for one in await everything(store)}
        oldest_ms = relay_ms - days * DAY_MS
        ages = {number: START_MS + hours * HOUR_MS for number, hours in enumerate(relay_hours, 1)}
        assert {number for number, created_ms in ages.items() if created_ms >= oldest_ms} <= kept
        if step.wrong_ms == 0:
            assert all(ages[number] >= oldest_ms - CELL_MS for number in kept)
