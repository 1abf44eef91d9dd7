import shutil
import sys
from pathlib import Path

import pytest

from domain.errors import StorageError
from domain.settings import Config
from storage import files
from storage.store import Store, opened
from tests.storage.examples import NOW_MS, answer, everything, record

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open where it is")


async def test_nothing_is_written_into_a_directory_that_is_gone(store: Store, data_dir: Path) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    shutil.rmtree(data_dir)
    with pytest.raises(StorageError, match="moved or deleted"):
        await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    with pytest.raises(StorageError, match="moved or deleted"):
        await store.settings.save_config(Config(interval_seconds=99))
    with pytest.raises(StorageError, match="moved or deleted"):
        await store.cookies.save("session=new")
    assert not data_dir.exists()
    assert (store.settings.config, store.cookies.text) == (Config(), None)


async def test_it_is_noticed_where_there_is_nothing_to_write_too(store: Store, data_dir: Path) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    shutil.rmtree(data_dir)
    with pytest.raises(StorageError, match="moved or deleted"):
        await store.history.apply(answer([record(1)]), NOW_MS)


async def test_what_was_stored_can_be_read_on(store: Store, data_dir: Path) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    shutil.rmtree(data_dir)
    assert await everything(store) == [record(1)]
    assert store.history.size_bytes() > 0


async def test_it_goes_on_where_the_directory_is_put_back(store: Store, data_dir: Path) -> None:
    away = data_dir.rename(data_dir.with_name("away"))
    with pytest.raises(StorageError):
        await store.history.apply(answer([record(1)]), NOW_MS)
    away.rename(data_dir)
    assert (await store.history.apply(answer([record(1)]), NOW_MS)).added == 1
    assert await everything(store) == [record(1)]


async def test_a_directory_that_came_in_its_place_is_left_alone(data_dir: Path) -> None:
    with opened(data_dir) as store:
        data_dir.rename(data_dir.with_name("away"))
        files.prepare(data_dir)
        with opened(data_dir) as other:
            await other.cookies.save("session=other")
        (data_dir / files.CLEAN_END).unlink()
        before = {path.name: path.read_bytes() for path in data_dir.iterdir()}
        with pytest.raises(StorageError, match="moved or deleted"):
            await store.cookies.save("session=mine")
        with pytest.raises(StorageError, match="moved or deleted"):
            await store.cookies.delete()
    assert {path.name: path.read_bytes() for path in data_dir.iterdir()} == before


async def test_a_file_that_came_in_its_place_is_left_alone(store: Store, data_dir: Path) -> None:
    history = data_dir / files.HISTORY
    history.rename(data_dir / "old")
    history.write_bytes(b"other")
    with pytest.raises(StorageError, match="moved or deleted"):
        await store.history.apply(answer([record(1)]), NOW_MS)
    assert history.read_bytes() == b"other"
