import asyncio

from domain.clock import SystemClock
from domain.settings import Config
from storage.retention import pruning
from storage.store import Store
from tests.storage.examples import NOW_MS, answer, everything, record


async def test_old_records_go_as_soon_as_the_configuration_says_so(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    gone = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), gone.set):
        assert await everything(store) == [record(1)]
        await store.settings.save_config(Config(retention_days=1))
        await gone.wait()
        assert await everything(store) == []


async def test_old_records_go_at_the_start(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    await store.settings.save_config(Config(retention_days=1))
    gone = asyncio.Event()
    async with pruning(store.history, store.settings, SystemClock(), gone.set):
        await gone.wait()
    assert store.history.summary().records == 0
