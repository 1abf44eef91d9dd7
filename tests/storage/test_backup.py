"""A backup before a migration: taken and verified before anything is changed, or nothing is changed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import StorageError, StorageFullError
from storage import backup as backup_module
from storage import files, packing, schema, shelf
from storage.environment import Tables, Transaction
from storage.examine import examine
from storage.store import opened
from tests.fakes.clock import FakeClock
from tests.storage.examples import NOW_MS, answer, everything, record

NEXT_LAYOUT = pytest.mark.usefixtures("history", "next_layout")


@pytest.fixture
async def history(data_dir: Path) -> Path:
    with opened(data_dir) as store:
        await store.history.apply(answer([record(n) for n in range(500)]), NOW_MS)
    return data_dir / files.HISTORY


@pytest.fixture
def next_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that keeps a word more, and so has another layout."""

    def add_a_word(transaction: Transaction, tables: Tables) -> None:
        transaction.put(b"word", b"more", db=tables.meta)

    monkeypatch.setitem(schema.MIGRATIONS, 1, add_a_word)
    for module in ("storage.schema", "storage.examine", "storage.store"):
        monkeypatch.setattr(f"{module}.VERSION", 2)


@NEXT_LAYOUT
async def test_a_migration_leaves_a_backup_of_the_layout_before(data_dir: Path, history: Path) -> None:
    with opened(data_dir, FakeClock(NOW_MS)) as store:
        assert len(await everything(store)) == 500
    assert examine(history).layout == 2
    (one,) = shelf.listed(data_dir)
    assert one == shelf.Backup(shelf.place(data_dir, NOW_MS, "before-migration", layout=1), NOW_MS, "before-migration")
    packing.unpack(one.path, data_dir / "before")
    assert (examine(data_dir / "before").layout, examine(data_dir / "before").records) == (1, 500)
    assert b"word" not in (data_dir / "before").read_bytes()


@pytest.mark.usefixtures("history")
async def test_a_start_that_migrates_nothing_takes_no_backup(data_dir: Path) -> None:
    with opened(data_dir):
        assert not shelf.shelf(data_dir).exists()


@NEXT_LAYOUT
def test_where_there_is_no_room_nothing_is_migrated(
    data_dir: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "_SPARE_BYTES", 1 << 60)  # more than any disk has
    before = history.read_bytes()
    with pytest.raises(StorageFullError, match=r"changes the layout.*Make room") as raised, opened(data_dir):
        pass
    assert str(raised.value).endswith("Make room on it.")
    assert history.read_bytes() == before


@NEXT_LAYOUT
def test_where_the_shelf_cannot_be_made_nothing_is_migrated(data_dir: Path, history: Path) -> None:
    shelf.shelf(data_dir).write_text("in the way")
    before = history.read_bytes()
    with pytest.raises(StorageError, match="changes the layout"), opened(data_dir):
        pass
    assert history.read_bytes() == before


@NEXT_LAYOUT
async def test_a_migration_that_fails_leaves_the_old_layout_and_its_backup(
    data_dir: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Transaction, tables: Tables) -> None:
        raise StorageError(f"This is no layout: {tables.meta is None}.")

    monkeypatch.setitem(schema.MIGRATIONS, 1, fail)
    with pytest.raises(StorageError, match="no layout"), opened(data_dir):
        pass
    assert examine(history).layout == 1
    assert len(shelf.listed(data_dir)) == 1


@NEXT_LAYOUT
async def test_the_last_two_before_migrations_are_kept(data_dir: Path, history: Path) -> None:
    clock = FakeClock(NOW_MS)
    original = history.read_bytes()
    for _ in range(4):
        history.write_bytes(original)
        with opened(data_dir, clock):
            pass
        clock.jump(60)
    assert [one.taken_ms for one in shelf.listed(data_dir)] == [NOW_MS + 180_000, NOW_MS + 120_000]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=66m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("only an administrator of Linux can make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@NEXT_LAYOUT
async def test_on_a_real_disk_that_is_nearly_full_nothing_is_migrated_until_there_is_room(
    small_disk: Path, history: Path
) -> None:
    files.prepare(small_disk / "data")
    shutil.copyfile(history, small_disk / "data" / files.HISTORY)
    (small_disk / "filler").write_bytes(bytes(4 << 20))
    with pytest.raises(StorageFullError, match="nearly full"), opened(small_disk / "data"):
        pass
    (small_disk / "filler").unlink()
    with opened(small_disk / "data") as store:
        assert len(await everything(store)) == 500
    assert len(shelf.listed(small_disk / "data")) == 1
