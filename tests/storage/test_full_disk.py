"""A disk that is really full, where this machine lets one be made; what LMDB says of it elsewhere was read, not run."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import StorageFullError
from domain.settings import Config
from storage import files
from storage.store import Store, opened
from tests.storage.examples import NOW_MS, answer, everything, record

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the small disk is one of Linux")

LARGE_CONFIG = Config(hidden_models=[f"{number:0190d}" for number in range(900)])
LONG_COOKIE = "session=new-canary-" + "y" * 60_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("only an administrator can make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def data_dir(small_disk: Path) -> Path:
    files.prepare(small_disk / "data")
    return small_disk / "data"


def fill(disk: Path, *, but_bytes: int) -> None:
    """Take all room on the disk but a little."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            filler.truncate(filler.tell() - but_bytes)


def make_room(disk: Path) -> None:
    (disk / "filler").unlink()


ROOM = pytest.mark.parametrize("but_bytes", [0, 4096, 16_384])


@ROOM
async def test_new_records_wait_for_room(small_disk: Path, store: Store, but_bytes: int) -> None:
    records = [record(n) for n in range(3000)]
    await store.history.apply(answer(records[:10]), NOW_MS)
    summary = store.history.summary()
    fill(small_disk, but_bytes=but_bytes)
    with pytest.raises(StorageFullError):
        await store.history.apply(answer(records), NOW_MS)
    assert store.history.summary() == summary
    assert await everything(store) == records[:10]
    make_room(small_disk)
    await store.history.apply(answer(records), NOW_MS)
    assert await everything(store) == records


@ROOM
async def test_settings_stay_until_there_is_room(small_disk: Path, store: Store, but_bytes: int) -> None:
    fill(small_disk, but_bytes=but_bytes)
    with pytest.raises(StorageFullError):
        await store.settings.save_config(LARGE_CONFIG)
    assert store.settings.config == Config()
    make_room(small_disk)
    await store.settings.save_config(LARGE_CONFIG)
    assert store.settings.config == LARGE_CONFIG


@ROOM
async def test_a_cookie_that_could_not_be_saved_leaves_nothing_behind(
    small_disk: Path, data_dir: Path, store: Store, but_bytes: int
) -> None:
    await store.cookies.save("session=kept")
    fill(small_disk, but_bytes=but_bytes)
    with pytest.raises(StorageFullError):
        await store.cookies.save(LONG_COOKIE)
    assert store.cookies.text == "session=kept"
    assert not [path.name for path in data_dir.iterdir() if b"new-canary" in path.read_bytes()]
    assert not (data_dir / f"{files.COOKIE}.new").exists()
    await store.cookies.delete()
    assert not (data_dir / files.COOKIE).exists()
    make_room(small_disk)
    await store.cookies.save(LONG_COOKIE)
    assert store.cookies.text == LONG_COOKIE


async def test_it_ends_and_starts_on_a_full_disk(small_disk: Path, data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.history.apply(answer([record(1)]), NOW_MS)
        fill(small_disk, but_bytes=0)
    with opened(data_dir) as store:
        assert await everything(store) == [record(1)]


async def test_a_first_start_on_a_full_disk_leaves_nothing_that_a_later_one_would_stumble_over(
    small_disk: Path, data_dir: Path
) -> None:
    fill(small_disk, but_bytes=0)
    with pytest.raises(StorageFullError), opened(data_dir):
        pass
    assert list(data_dir.iterdir()) == []
    make_room(small_disk)
    with opened(data_dir) as store:
        assert store.history.summary().records == 0
