import shutil
from pathlib import Path

import pytest

from domain.errors import DatabaseDamagedError, DatabaseTooNewError
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


def test_an_unreadable_note_of_the_clean_end_counts_as_none(data_dir: Path, history_file: Path) -> None:
    (data_dir / files.CLEAN_END).write_bytes(b"{")
    whole = history_file.read_bytes()
    history_file.write_bytes(whole[: 4 * PAGE])
    refuse(data_dir)


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
