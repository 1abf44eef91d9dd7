import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import StorageError
from domain.records import Record
from domain.windows import Window
from storage.store import Store, opened
from storage.view import View
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer, record


@pytest.mark.parametrize(
    "read",
    [
        lambda view: list(view.records(ALWAYS)),
        lambda view: view.sums(Window(START_MS + 1, START_MS + 2), None),
    ],
)
async def test_a_long_read_does_not_keep_the_store_from_closing(read: Callable[[View], object], data_dir: Path) -> None:
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def read_on(view: View) -> None:
        loop.call_soon_threadsafe(started.set)
        while True:
            read(view)

    with opened(data_dir) as store:
        await store.history.apply(answer([record(1, after_ms=1)]), NOW_MS)
        reading = [asyncio.create_task(store.history.read(read_on)) for _ in range(5)]
        await started.wait()
    with pytest.raises(StorageError, match="about to end"):
        await reading[0]
    for cut_off in reading[1:]:
        with pytest.raises((StorageError, asyncio.CancelledError)):
            await cut_off


async def test_the_map_grows_while_readers_read(store: Store) -> None:
    names = [f"model-{n}-{'x' * 180}" for n in range(40)]
    total = 0
    for page in range(8):
        records = [
            record(page * 10_000 + n, after_ms=(page * 10_000 + n) * 10, model=names[n % 40]) for n in range(10_000)
        ]
        await store.history.apply(answer(records), NOW_MS)
        total += len(records)
        assert await store.history.read(lambda view: sum(1 for _ in view.records(ALWAYS))) == total
    assert store.history.size_bytes() > 4 << 20


async def test_the_map_does_not_move_under_a_reader_nor_a_reader_come_while_it_moves(store: Store) -> None:
    environment = store.history._environment
    await store.history.apply(answer([record(1)]), NOW_MS)
    reading, release = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(view: View) -> list[Record]:
        found = view.records(ALWAYS)
        loop.call_soon_threadsafe(reading.set)
        release.wait()
        return list(found)

    holding = asyncio.create_task(store.history.read(hold))
    await reading.wait()
    many = [record(n, after_ms=n) for n in range(2, 60_000)]
    storing = asyncio.create_task(store.history.apply(answer(many), NOW_MS))
    while not (environment._moving or storing.done()):  # noqa: ASYNC110 - a flag between threads
        await asyncio.sleep(0)
    assert not storing.done()
    small = environment._env.info()["map_size"]
    coming = asyncio.create_task(store.history.read(lambda _: environment._env.info()["map_size"]))
    for _ in range(1000):
        await asyncio.sleep(0)
    release.set()
    assert await holding == [record(1)]
    assert await coming > small
    assert (await storing).added == len(many)
