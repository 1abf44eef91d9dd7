import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from domain.errors import StorageFullError
from storage import codec, files, packing, schema, shelf
from storage.environment import Environment
from storage.restore import NoBackupError, restore
from storage.soundness import _left, _lie
from storage.store import Store, opened
from tests.storage.examples import NOW_MS, answer, everything, record

Put = Callable[[int, int], Path]

COOKIE = "session=invented"
DAY_MS = 86_400_000


async def store_some(store: Store, first: int, last: int) -> None:
    await store.history.apply(answer([record(n) for n in range(first, last)]), NOW_MS)


@pytest.fixture
async def history(data_dir: Path) -> Path:
    with opened(data_dir) as store:
        await store_some(store, 0, 100)
        await store.cookies.save(COOKIE)
        await store.settings.save_enabled(True)
    return data_dir / files.HISTORY


@pytest.fixture
async def backups(data_dir: Path, history: Path) -> list[Path]:
    """Three backups, oldest first: of 100, 200 and 300 records; the history holds 400 now."""
    taken = []
    for day in range(3):
        path = shelf.place(data_dir, NOW_MS + day * DAY_MS, "daily")
        path.parent.mkdir(exist_ok=True)
        packing.pack(history, path, lambda: False)
        taken.append(path)
        with opened(data_dir) as store:
            await store_some(store, 100 * (day + 1), 100 * (day + 2))
    return taken


def names(data_dir: Path) -> set[str]:
    return {path.name for path in data_dir.iterdir()} - {files.LOCK, f"{files.HISTORY}-lock", files.COOKIE}


async def test_the_newest_is_brought_back_and_what_it_replaces_is_kept(
    data_dir: Path, history: Path, backups: list[Path]
) -> None:
    before = history.read_bytes()
    restored = restore(data_dir, None, NOW_MS)
    assert (restored.source, restored.found.records, restored.passed_over) == (backups[2], 300, [])
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == before
    assert restored.replaced.name == "history-replaced-20250826T132000Z.mdb"
    assert "300 records" in restored.sentences
    assert str(restored.replaced) in restored.sentences
    with opened(data_dir) as store:
        assert await everything(store) == [record(n) for n in range(300)]
        assert store.cookies.text == COOKIE
        assert store.settings.enabled
    assert backups[2].exists()


@pytest.mark.usefixtures("backups")
async def test_a_cursor_of_before_is_not_known_any_more(data_dir: Path) -> None:
    with opened(data_dir) as store:
        cursor = store.history.summary().cursor
        assert (await store.history.read(lambda view: view.since(cursor, 10))) is not None
    restore(data_dir, None, NOW_MS)
    with opened(data_dir) as store:
        assert (await store.history.read(lambda view: view.since(cursor, 10))) is None


@pytest.mark.usefixtures("backups")
async def test_what_lies_between_the_backup_and_now_becomes_a_gap(data_dir: Path) -> None:
    restore(data_dir, None, NOW_MS)
    with opened(data_dir) as store:
        await store_some(store, 390, 410)
        gap = store.history.summary().gaps[-1]
        assert (gap.from_ms, gap.to_ms) == (record(299).created_ms, record(390).created_ms)


async def test_no_backup_is_wanted_of_what_was_just_brought_back(data_dir: Path, backups: list[Path]) -> None:
    restore(data_dir, backups[0], NOW_MS)
    assert (data_dir / files.HISTORY).stat().st_mtime_ns == backups[0].stat().st_mtime_ns


async def test_bad_ones_are_passed_over_and_named(data_dir: Path, backups: list[Path]) -> None:
    backups[2].write_bytes(backups[2].read_bytes()[:-9])
    backups[1].unlink()
    (data_dir / "zeros").write_bytes(bytes(70_000))
    packing.pack(data_dir / "zeros", backups[1], lambda: False)
    restored = restore(data_dir, None, NOW_MS)
    assert (restored.source, restored.found.records) == (backups[0], 100)
    assert [str(path) in sentence for path, sentence in zip(reversed(backups), restored.passed_over, strict=False)] == [
        True,
        True,
    ]


@pytest.mark.usefixtures("backups")
async def test_a_damaged_history_is_moved_aside_as_it_is(data_dir: Path, history: Path) -> None:
    history.write_bytes(b"damage" * 3000)
    restored = restore(data_dir, None, NOW_MS)
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == b"damage" * 3000
    with opened(data_dir) as store:
        assert len(await everything(store)) == 300


async def test_nothing_is_ever_written_over(data_dir: Path, backups: list[Path]) -> None:
    replaced = [restore(data_dir, backup, NOW_MS).replaced for backup in backups]
    assert [path and path.name for path in replaced] == [
        "history-replaced-20250826T132000Z.mdb",
        "history-replaced-20250826T132000Z-2.mdb",
        "history-replaced-20250826T132000Z-3.mdb",
    ]


async def test_a_copy_made_by_hand_is_brought_back_too(data_dir: Path, history: Path, tmp_path: Path) -> None:
    shutil.copyfile(history, tmp_path / "by hand.mdb")
    history.unlink()
    restored = restore(data_dir, tmp_path / "by hand.mdb", NOW_MS)
    assert (restored.replaced, restored.found.records) == (None, 100)
    with opened(data_dir) as store:
        assert len(await everything(store)) == 100


@pytest.mark.usefixtures("backups")
async def test_what_was_replaced_can_be_brought_back_again(data_dir: Path) -> None:
    first = restore(data_dir, None, NOW_MS)
    assert restore(data_dir, first.replaced, NOW_MS).found.records == 400


@pytest.mark.usefixtures("backups")
async def test_the_next_start_trusts_what_was_brought_back(data_dir: Path) -> None:
    restore(data_dir, None, NOW_MS)
    assert _left(data_dir)[files.HISTORY] == _lie(data_dir / files.HISTORY)
    assert _left(data_dir)[files.COOKIE] == _lie(data_dir / files.COOKIE)


def newer(path: Path) -> None:
    environment = Environment(path, schema.bring_up_to_date)
    environment.write_now(
        lambda t: t.put(b"schema", codec.number_key(schema.VERSION + 1), db=environment.tables.meta), "test"
    )
    environment.close()


def spoil(path: Path) -> None:
    environment = Environment(path, schema.bring_up_to_date)
    environment.write_now(
        lambda t: t.put(codec.number_key(0), codec.lifetime_value(1, 1, 1), db=environment.tables.lifetime), "test"
    )
    environment.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.unlink(), "is not there"),
        (lambda path: path.unlink() or path.mkdir(), "is no file"),
        (lambda path: path.write_bytes(b""), "it is empty"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(9000)), "not an LMDB data file"),
        (lambda path: path.write_bytes(b"\x1f\x8b" + bytes(900)), "does not unpack"),
        (lambda path: path.write_bytes(path.read_bytes()[: 8 * 4096]), "damaged"),
        (newer, "newer release"),
        (spoil, "less than its records"),
    ],
)
async def test_what_is_not_good_is_refused_and_nothing_changes(
    data_dir: Path, history: Path, tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    source = tmp_path / "source.mdb"
    shutil.copyfile(history, source)
    make(source)
    before, listed = history.read_bytes(), names(data_dir)
    with pytest.raises(NoBackupError, match=said) as raised:
        restore(data_dir, source, NOW_MS)
    assert str(source) in str(raised.value)
    assert history.read_bytes() == before
    assert names(data_dir) == listed


def test_where_there_is_none_that_is_said(data_dir: Path) -> None:
    with pytest.raises(NoBackupError, match="no good backup"):
        restore(data_dir, None, NOW_MS)


@pytest.mark.skipif(sys.platform != "linux", reason="a file that is always full is one of Linux")
@pytest.mark.usefixtures("backups")
async def test_on_a_full_disk_nothing_changes(data_dir: Path, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> BinaryIO:
        return Path("/dev/full").open("wb", buffering=0)

    before = history.read_bytes()
    monkeypatch.setattr(files, "created", full)
    with pytest.raises(StorageFullError, match="Make room"):
        restore(data_dir, None, NOW_MS)
    assert history.read_bytes() == before


async def test_an_older_layout_is_brought_back_and_then_brought_up_to_date(
    data_dir: Path, history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(history, tmp_path / "old.mdb")
    with opened(data_dir) as store:
        cursor = store.history.summary().cursor
    migrated = []
    monkeypatch.setitem(schema.MIGRATIONS, 1, lambda *_: migrated.append(1))
    for module in ("storage.schema", "storage.examine", "storage.store"):
        monkeypatch.setattr(f"{module}.VERSION", 2)
    assert restore(data_dir, tmp_path / "old.mdb", NOW_MS).found.layout == 1
    with opened(data_dir) as store:
        assert migrated == [1]
        assert store.history.summary().records == 100
        assert store.history.summary().cursor != cursor
