import asyncio

from domain.clock import SystemClock
from domain.records import Gap
from domain.settings import Config
from storage.retention import pruning
from storage.store import Store
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer, everything, record


async def test_old_records_go_as_soon_as_the_configuration_says_so(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    gone = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), gone.set):
        assert await everything(store) == [record(1)]
        await store.settings.save_config(Config(retention_days=1))
        await gone.wait()
        assert await everything(store) == []
        assert not store.settings.changed.is_set()


async def test_old_records_go_at_the_start(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    await store.settings.save_config(Config(retention_days=1))
    gone = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), gone.set):
        await gone.wait()
    assert store.history.summary().records == 0


async def test_it_is_told_where_nothing_but_a_gap_is_cut(store: Store) -> None:
    await store.settings.save_config(Config(retention_days=1))
    now_ms = SystemClock().wall_ms()
    await store.history.apply(answer([], oldest_ms=START_MS, newest_ms=START_MS), START_MS)
    await store.history.apply(answer([record(1, after_ms=now_ms - START_MS)]), START_MS)
    told = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), told.set):
        await told.wait()
    assert store.history.summary().gaps[0].from_ms > START_MS


async def test_retention_removes_whole_cells_of_old_records(store: Store) -> None:
    day = 86_400_000
    records = [record(n, after_ms=n * day // 40) for n in range(400)]
    await store.history.apply(answer(records), START_MS)
    await store.settings.save_config(Config(retention_days=3))
    now = START_MS + 10 * day
    removed = await store.history.prune(now)
    cutoff = now - 3 * day
    kept = [r for r in records if r.created_ms >= cutoff - cutoff % 14_400_000]
    assert removed == len(records) - len(kept) > 0
    assert await everything(store) == kept
    sums = await store.history.read(lambda view: view.sums(ALWAYS, None))
    assert sum(t.requests for t in sums.totals) == len(kept) == store.history.summary().records
    assert await store.history.prune(now) == 0


async def test_retention_removes_gaps_and_what_is_old_of_one(store: Store) -> None:
    day = 86_400_000
    await store.settings.save_config(Config(retention_days=3))
    for days in (0, 1, 2, 6):
        await store.history.apply(answer([record(days, after_ms=days * day)]), START_MS + 2 * day)
    now = START_MS + 7 * day
    cutoff = now - 3 * day - (now - 3 * day) % 14_400_000
    await store.history.prune(now)
    assert store.history.summary().gaps == [Gap(cutoff, START_MS + 6 * day)]


async def test_retention_removes_gaps_where_no_record_goes(store: Store) -> None:
    day = 86_400_000
    await store.history.apply(answer([record(1)]), START_MS)
    await store.history.apply(answer([record(2, after_ms=9 * day)]), START_MS)
    await store.settings.save_config(Config(retention_days=3))
    now = START_MS + 10 * day
    assert await store.history.prune(now - 3 * day) == 1
    gaps = store.history.summary().gaps
    assert await store.history.prune(now) == 0
    assert store.history.summary().gaps[0].from_ms > gaps[0].from_ms


async def test_what_retention_removed_is_not_taken_in_again(store: Store) -> None:
    await store.settings.save_config(Config(retention_days=1))
    now = START_MS + 30 * 86_400_000
    stored = await store.history.apply(answer([record(n) for n in range(5)]), now)
    assert (stored.added, stored.records) == (0, [])
    assert await everything(store) == []


async def test_without_retention_nothing_is_removed(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    assert await store.history.prune(START_MS + 10**13) == 0
    assert await everything(store) == [record(1)]


async def test_a_large_retention_goes_in_batches(store: Store) -> None:
    records = [record(n, after_ms=n * 2000) for n in range(30_000)]
    await store.history.apply(answer(records), START_MS)
    await store.settings.save_config(Config(retention_days=1))
    now = START_MS + 86_400_000 + 20_000 * 2000
    removed = await store.history.prune(now)
    left = await everything(store)
    assert removed + len(left) == 30_000
    assert removed > 10_000
    assert left == records[removed:]
    cursor_start = store.history.summary().cursor.split("-")[0] + "-0"
    since = await store.history.read(lambda view: view.since(cursor_start, 100_000))
    assert since is not None
    assert since.records == left
