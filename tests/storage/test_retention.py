import asyncio
from pathlib import Path

import pytest

from domain.clock import SystemClock
from domain.errors import StorageError
from domain.records import Gap
from domain.settings import Config
from storage.retention import pruning
from storage.store import Store, opened
from tests.fakes.clock import FakeClock
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer, everything, record

DAY_MS = 86_400_000
YEARS_MS = 30 * 365 * DAY_MS


def no_trouble(error: StorageError | None) -> None:
    raise AssertionError(error)


async def test_old_records_go_as_soon_as_the_configuration_says_so(store: Store) -> None:
    await store.history.apply(answer([record(1)], sent_ms=START_MS + 10 * DAY_MS), NOW_MS)
    gone = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), gone.set, no_trouble):
        assert await everything(store) == [record(1)]
        await store.settings.save_config(Config(retention_days=1))
        await gone.wait()
        assert await everything(store) == []
        assert not store.settings.changed.is_set()


async def test_old_records_go_at_the_start(store: Store) -> None:
    await store.history.apply(answer([record(1)], sent_ms=START_MS + 10 * DAY_MS), NOW_MS)
    await store.settings.save_config(Config(retention_days=1))
    gone = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), gone.set, no_trouble):
        await gone.wait()
    assert store.history.summary().records == 0


async def test_it_is_told_where_nothing_but_a_gap_is_cut(store: Store) -> None:
    await store.settings.save_config(Config(retention_days=1))
    now_ms = SystemClock().wall_ms()
    await store.history.apply(answer([], oldest_ms=START_MS, newest_ms=START_MS), START_MS)
    await store.history.apply(answer([record(1, after_ms=now_ms - START_MS)]), START_MS)
    told = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), told.set, no_trouble):
        await told.wait()
    assert store.history.summary().gaps[0].from_ms > START_MS


async def test_that_records_cannot_go_is_told_and_tried_again_within_minutes(
    store: Store, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await store.history.apply(answer([record(1)], sent_ms=START_MS + 10 * DAY_MS), NOW_MS)
    await store.settings.save_config(Config(retention_days=1))
    clock, gone = FakeClock(wall_ms=START_MS + 3 * DAY_MS), asyncio.Event()
    told: list[str | None] = []
    heard = asyncio.Event()

    def went(error: StorageError | None) -> None:
        told.append(None if error is None else error.code)
        heard.set()

    away = data_dir.rename(data_dir.with_name("away"))
    async with pruning(store.history, store.settings, clock, gone.set, went):
        await heard.wait()
        heard.clear()
        await clock.run(60)
        await heard.wait()
        heard.clear()
        away.rename(data_dir)
        await clock.run(60)
        await heard.wait()
        await gone.wait()
    assert told == ["storage_failed", "storage_failed", None]
    assert await everything(store) == []
    assert len([line for line in caplog.messages if "stay for now" in line]) == 1


async def test_retention_removes_whole_cells_of_old_records(store: Store) -> None:
    day = DAY_MS
    records = [record(n, after_ms=n * day // 40) for n in range(400)]
    now = START_MS + 10 * day
    await store.history.apply(answer(records, sent_ms=now), START_MS)
    await store.settings.save_config(Config(retention_days=3))
    removed = await store.history.prune(now)
    cutoff = now - 3 * day
    kept = [r for r in records if r.created_ms >= cutoff - cutoff % 14_400_000]
    assert removed == len(records) - len(kept) > 0
    assert await everything(store) == kept
    sums = await store.history.read(lambda view: view.sums(ALWAYS, None))
    assert sum(t.requests for t in sums.totals) == len(kept) == store.history.summary().records
    assert await store.history.prune(now) == 0


async def test_retention_removes_gaps_and_what_is_old_of_one(store: Store) -> None:
    day = DAY_MS
    await store.settings.save_config(Config(retention_days=3))
    for days in (0, 1, 2, 6):
        await store.history.apply(answer([record(days, after_ms=days * day)]), START_MS + 2 * day)
    now = START_MS + 7 * day
    await store.history.apply(answer([], sent_ms=now), now)
    cutoff = now - 3 * day - (now - 3 * day) % 14_400_000
    await store.history.prune(now)
    assert store.history.summary().gaps == [Gap(cutoff, START_MS + 6 * day)]


async def test_retention_removes_gaps_where_no_record_goes(store: Store) -> None:
    day = DAY_MS
    await store.history.apply(answer([record(1)]), START_MS)
    await store.history.apply(answer([record(2, after_ms=9 * day)]), START_MS)
    await store.settings.save_config(Config(retention_days=3))
    now = START_MS + 10 * day
    await store.history.apply(answer([], sent_ms=now), now)
    assert await store.history.prune(now - 3 * day) == 1
    gaps = store.history.summary().gaps
    assert await store.history.prune(now) == 0
    assert store.history.summary().gaps[0].from_ms > gaps[0].from_ms


async def test_what_retention_removed_is_not_taken_in_again(store: Store) -> None:
    await store.settings.save_config(Config(retention_days=1))
    now = START_MS + 30 * DAY_MS
    stored = await store.history.apply(answer([record(n) for n in range(5)], sent_ms=now), now)
    assert (stored.added, stored.records) == (0, [])
    assert await everything(store) == []


async def test_without_retention_nothing_is_removed(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    assert await store.history.prune(START_MS + 10**13) == 0
    assert await everything(store) == [record(1)]


async def test_a_clock_that_is_years_ahead_removes_nothing_that_is_young_to_the_relay(store: Store) -> None:
    records = [record(n, after_ms=n * DAY_MS) for n in range(6)]
    await store.settings.save_config(Config(retention_days=3))
    await store.history.apply(answer(records), START_MS + 5 * DAY_MS + YEARS_MS)
    await store.history.prune(START_MS + 5 * DAY_MS + YEARS_MS)
    assert await everything(store) == records[2:]
    assert store.history.summary().records == 4


async def test_a_clock_that_is_behind_removes_nothing_more_than_a_right_one(store: Store) -> None:
    records = [record(n, after_ms=n * DAY_MS) for n in range(6)]
    await store.history.apply(answer(records), START_MS)
    await store.settings.save_config(Config(retention_days=3))
    assert await store.history.prune(START_MS - YEARS_MS) == 0
    assert await everything(store) == records


async def test_records_of_the_future_do_not_make_others_old(store: Store) -> None:
    records = [record(n, after_ms=n * DAY_MS) for n in range(6)]
    await store.history.apply(answer([*records, record(9, after_ms=YEARS_MS)]), START_MS + 5 * DAY_MS)
    await store.settings.save_config(Config(retention_days=3))
    await store.history.prune(START_MS + 5 * DAY_MS)
    assert (await everything(store))[:-1] == records[2:]


async def test_an_answer_that_brings_nothing_new_makes_records_old_by_its_date(store: Store) -> None:
    await store.settings.save_config(Config(retention_days=3))
    await store.history.apply(answer([record(1)], sent_ms=START_MS), START_MS)
    now = START_MS + 10 * DAY_MS
    assert await store.history.prune(now) == 0
    await store.history.apply(answer([record(1)], sent_ms=now), now)
    assert await store.history.prune(now) == 1


async def test_after_a_restart_a_wrong_clock_does_no_harm_before_the_first_answer_either(data_dir: Path) -> None:
    records = [record(n, after_ms=n * DAY_MS) for n in range(6)]
    with opened(data_dir) as store:
        await store.history.apply(answer(records), START_MS + 5 * DAY_MS)
        await store.settings.save_config(Config(retention_days=3))
    with opened(data_dir) as store:
        await store.history.prune(START_MS + YEARS_MS)
        assert await everything(store) == records[2:]


async def test_a_large_retention_goes_in_batches(store: Store) -> None:
    records = [record(n, after_ms=n * 2000) for n in range(30_000)]
    now = START_MS + DAY_MS + 20_000 * 2000
    await store.history.apply(answer(records, sent_ms=now), START_MS)
    await store.settings.save_config(Config(retention_days=1))
    removed = await store.history.prune(now)
    left = await everything(store)
    assert removed + len(left) == 30_000
    assert removed > 10_000
    assert left == records[removed:]
    cursor_start = store.history.summary().cursor.split("-")[0] + "-0"
    since = await store.history.read(lambda view: view.since(cursor_start, 100_000))
    assert since is not None
    assert since.records == left


async def test_an_answer_without_a_date_does_not_bring_back_what_has_gone(store: Store) -> None:
    await store.settings.save_config(Config(retention_days=3))
    await store.history.apply(answer([record(1)], sent_ms=START_MS), START_MS)
    now = START_MS + 10 * DAY_MS
    await store.history.apply(answer([record(1)], sent_ms=now), now)
    assert await store.history.prune(now) == 1
    assert (await store.history.apply(answer([record(1)]), now)).added == 0
