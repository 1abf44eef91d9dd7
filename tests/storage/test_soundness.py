import os
import shutil
import sys
from pathlib import Path

import lmdb
import pytest

from domain.errors import DatabaseDamagedError, DatabaseTooNewError, PortTakenError, StorageError
from domain.records import MAX_TIME_MS
from storage import codec, files, schema
from storage.environment import Environment
from storage.store import opened
from tests.storage.examples import NOW_MS, answer, everything, record

PAGE = 4096


@pytest.fixture
async def history_file(data_dir: Path) -> Path:
    with opened(data_dir) as store:
        await store.history.apply(answer([record(n) for n in range(3000)]), NOW_MS)
    return data_dir / files.HISTORY


def refuse(data_dir: Path) -> str:
    with pytest.raises(DatabaseDamagedError) as raised, opened(data_dir):
        pass
    return str(raised.value)


def test_an_empty_file_is_damage_and_stays_as_it_is(data_dir: Path, history_file: Path) -> None:
    history_file.write_bytes(b"")
    assert "move it away" in refuse(data_dir)
    assert history_file.read_bytes() == b""


def test_a_truncated_file_is_found_before_it_is_opened(data_dir: Path, history_file: Path) -> None:
    whole = history_file.read_bytes()
    history_file.write_bytes(whole[: len(whole) // 2 // PAGE * PAGE])
    assert str(history_file) in refuse(data_dir)


def test_a_zeroed_page_is_found_before_it_is_opened(data_dir: Path, history_file: Path) -> None:
    whole = bytearray(history_file.read_bytes())
    page = len(whole) // PAGE // 2 * PAGE
    whole[page : page + PAGE] = bytes(PAGE)
    history_file.write_bytes(whole)
    refuse(data_dir)
    assert history_file.read_bytes() == bytes(whole)


def test_a_foreign_file_is_found_before_it_is_opened(data_dir: Path, history_file: Path) -> None:
    history_file.write_bytes(b"SQLite format 3\0" + bytes(8192))
    refuse(data_dir)


def test_a_damaged_cookie_is_found_before_it_is_opened(data_dir: Path) -> None:
    (data_dir / files.COOKIE).write_bytes(b"x" * 9000)
    assert files.COOKIE in refuse(data_dir)


async def test_an_end_that_was_not_clean_costs_nothing_but_a_look(data_dir: Path, history_file: Path) -> None:
    (history_file.parent / files.CLEAN_END).unlink()
    with opened(data_dir) as store:
        assert len(await everything(store)) == 3000


async def test_a_copied_database_is_looked_at_and_opened(history_file: Path, tmp_path: Path) -> None:
    files.prepare(tmp_path / "copy")
    shutil.copyfile(history_file, tmp_path / "copy" / files.HISTORY)
    with opened(tmp_path / "copy") as store:
        assert len(await everything(store)) == 3000


@pytest.mark.parametrize("note", [b"{", b'{"history.mdb\xff":[1,2]}'])
def test_an_unreadable_note_of_the_clean_end_counts_as_none(data_dir: Path, history_file: Path, note: bytes) -> None:
    (data_dir / files.CLEAN_END).write_bytes(note)
    whole = history_file.read_bytes()
    history_file.write_bytes(whole[: 4 * PAGE])
    refuse(data_dir)


NONSENSE = pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("models", codec.number_key(0), b"\xff"),
        ("models", codec.number_key(1), b"one too many"),
        ("lifetime", codec.number_key(0), b"short"),
        ("records", codec.record_key(MAX_TIME_MS, 1), b"short"),
        ("records", codec.record_key(MAX_TIME_MS, 1), codec.record_value(9, 1, 1)),
        ("meta", b"schema", codec.number_key(0)),
        ("meta", b"schema", b""),
        ("meta", b"store", b"\xff"),
    ],
)


def write(history_file: Path, table: str, key: bytes, value: bytes) -> None:
    environment = Environment(history_file, schema.bring_up_to_date)
    environment.write_now(lambda t: t.put(key, value, db=getattr(environment.tables, table)), "test")
    environment.close()


@pytest.mark.parametrize("clean", [True, False])
@NONSENSE
def test_sound_pages_with_nonsense_on_them_stop_the_start_with_a_remedy(
    data_dir: Path, history_file: Path, table: str, key: bytes, value: bytes, clean: bool
) -> None:
    write(history_file, table, key, value)
    if not clean:
        (data_dir / files.CLEAN_END).unlink()
    assert "--restore" in refuse(data_dir)


async def test_a_flipped_bit_that_changes_neither_size_nor_time_is_found_after_a_clean_end(
    data_dir: Path, history_file: Path
) -> None:
    """Of an amount: the pages are as sound as ever, and only the sums tell."""
    with opened(data_dir) as store:
        await store.history.apply(answer([record(5000, micros=0x0123456789AB)]), NOW_MS)
    before = history_file.stat()
    amount = (0x0123456789AB).to_bytes(8, "little")
    whole = history_file.read_bytes()
    at = whole.index(codec.record_value(0, 0x0123456789AB, 3001)) + 4
    assert whole[at : at + 8] == amount
    history_file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    os.utime(history_file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert history_file.stat().st_size == before.st_size
    for _ in range(2):  # what was found once is not forgotten
        assert "a sum is not that of its records" in refuse(data_dir)


def test_what_another_program_keeps_is_refused_and_left_alone(data_dir: Path) -> None:
    path = data_dir / files.HISTORY
    with lmdb.open(str(path), subdir=False, max_dbs=4, lock=False) as env, env.begin(write=True) as transaction:
        transaction.put(b"key", b"value", db=env.open_db(b"theirs", transaction))
    before = path.read_bytes()
    assert "another program's" in refuse(data_dir)
    assert path.read_bytes() == before


def test_a_database_that_nothing_was_ever_written_to_is_a_new_one(data_dir: Path) -> None:
    with lmdb.open(str(data_dir / files.HISTORY), subdir=False, lock=False):
        pass
    with opened(data_dir) as store:
        assert store.history.summary().records == 0


async def test_a_cookie_that_is_no_text_stops_the_start_with_a_remedy(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save("session=0123456789")
    cookie = data_dir / files.COOKIE
    cookie.write_bytes(cookie.read_bytes().replace(b"0123456789", b"\xff" * 10))
    with pytest.raises(StorageError, match=r"makes no sense.*save the cookie again") as raised, opened(data_dir):
        pass
    assert "session" not in str(raised.value)


def test_a_clean_end_is_forgotten_as_soon_as_the_files_are_in_use(data_dir: Path) -> None:
    with opened(data_dir):
        assert not (data_dir / files.CLEAN_END).exists()
    assert (data_dir / files.CLEAN_END).exists()
    with opened(data_dir):
        assert not (data_dir / files.CLEAN_END).exists()


def test_a_start_that_fails_for_another_reason_is_a_clean_end(data_dir: Path) -> None:
    with pytest.raises(PortTakenError), opened(data_dir):
        raise PortTakenError
    assert (data_dir / files.CLEAN_END).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a file that is always full is one of Linux")
def test_a_clean_end_that_cannot_be_noted_is_clean_all_the_same(data_dir: Path) -> None:
    with opened(data_dir):
        (data_dir / files.CLEAN_END).symlink_to("/dev/full")
    (data_dir / files.CLEAN_END).unlink()
    with opened(data_dir):
        pass


def test_a_database_of_a_newer_release_is_refused_and_left_alone(data_dir: Path, history_file: Path) -> None:
    environment = Environment(history_file, schema.bring_up_to_date)
    environment.write_now(
        lambda t: t.put(b"schema", codec.number_key(schema.VERSION + 1), db=environment.tables.meta), "test"
    )
    environment.close()
    before = history_file.read_bytes()
    with pytest.raises(DatabaseTooNewError, match="newer release"), opened(data_dir):
        pass
    assert history_file.read_bytes() == before
