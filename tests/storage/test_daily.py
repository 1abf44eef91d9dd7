import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from domain.errors import StorageError
from storage import backup as backup_module
from storage import files, packing, shelf
from storage.daily import backing_up
from storage.examine import examine
from storage.store import Store, opened
from tests.fakes.clock import FakeClock
from tests.storage.examples import NOW_MS, answer, record

DAY_S = 86_400
Taken = Callable[[float], Awaitable[int]]

COOKIE = "session=invented-canary-value"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(wall_ms=NOW_MS)


def nobody(_error: StorageError | None) -> None:
    """Hear how it went."""


async def passed(folder: Path) -> None:
    """Verify as another process does, but in this one."""
    examine(folder / files.HISTORY)


@pytest.fixture
def taken(data_dir: Path, store: Store, clock: FakeClock) -> Taken:
    """Let time pass with backups being taken; return how many there are then."""

    async def let_pass(seconds: float) -> int:
        async with backing_up(data_dir, store.history, clock, passed, nobody):
            await clock.run(seconds)
        return len(shelf.listed(data_dir))

    return let_pass


def touch(data_dir: Path, clock: FakeClock) -> None:
    """Have the history written at the fake clock's time, as a commit would at the real one's."""
    os.utime(data_dir / files.HISTORY, ns=(0, clock.wall_ms() * 1_000_000))


async def test_the_first_is_taken_at_the_start_where_something_is_stored(
    data_dir: Path, store: Store, clock: FakeClock, taken: Taken
) -> None:
    assert await taken(1) == 0
    await store.history.apply(answer([record(n) for n in range(50)]), NOW_MS)
    assert await taken(1) == 1
    (one,) = shelf.listed(data_dir)
    assert (one.taken_ms, one.reason) == (clock.wall_ms() // 1000 * 1000 - 1000, "daily")


async def test_what_is_stored_later_is_backed_up_within_an_hour(store: Store, clock: FakeClock, data_dir: Path) -> None:
    async with backing_up(data_dir, store.history, clock, passed, nobody):
        await clock.run(60)
        await store.history.apply(answer([record(1)]), NOW_MS)
        await clock.run(3600)
    assert len(shelf.listed(data_dir)) == 1


async def test_one_is_taken_a_day_and_the_last_five_are_kept(
    data_dir: Path, store: Store, clock: FakeClock, taken: Taken
) -> None:
    for day in range(8):
        await store.history.apply(answer([record(day)]), NOW_MS)
        touch(data_dir, clock)
        assert await taken(DAY_S) == min(day + 1, 5)
    latest = [one.path for one in shelf.listed(data_dir)]
    packing.unpack(latest[0], data_dir / "newest")
    packing.unpack(latest[-1], data_dir / "oldest")
    assert [examine(data_dir / name).records for name in ("newest", "oldest")] == [8, 4]


async def test_none_is_taken_where_nothing_was_written_since(
    data_dir: Path, store: Store, clock: FakeClock, taken: Taken
) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    touch(data_dir, clock)
    clock.jump(60)
    assert await taken(5 * DAY_S) == 1
    touch(data_dir, clock)
    assert await taken(1) == 2


async def test_one_from_the_future_says_nothing(store: Store, clock: FakeClock, taken: Taken) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    clock.sleep(900 * DAY_S)
    assert await taken(1) == 1
    clock.sleep(-900 * DAY_S)
    assert await taken(1) == 2


async def test_a_backup_is_whole_while_others_go_on_writing(data_dir: Path, store: Store, clock: FakeClock) -> None:
    """It is a moment of the history, however much is written meanwhile, and the map grows."""
    await store.history.apply(answer([record(n) for n in range(20_000)]), NOW_MS)
    writing = asyncio.create_task(keep_writing(store))
    async with backing_up(data_dir, store.history, clock, passed, nobody):
        for _ in range(3):
            await clock.run(DAY_S)
            touch(data_dir, clock)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    backups = shelf.listed(data_dir)
    assert len(backups) >= 2
    for number, one in enumerate(backups):
        packing.unpack(one.path, data_dir / f"{number}")
        found = examine(data_dir / f"{number}")
        assert found.records % 10 == 0


async def keep_writing(store: Store) -> None:
    number = 20_000
    while True:
        await store.history.apply(answer([record(n) for n in range(number, number + 10)]), NOW_MS)
        number += 10


async def test_the_cookie_is_in_no_backup(data_dir: Path, store: Store, taken: Taken) -> None:
    await store.cookies.save(COOKIE)
    await store.history.apply(answer([record(1)]), NOW_MS)
    assert await taken(1) == 1
    packing.unpack(shelf.listed(data_dir)[0].path, data_dir / "plain")
    assert b"canary" not in (data_dir / "plain").read_bytes()
    assert b"opus" in (data_dir / "plain").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
async def test_only_the_owner_can_read_a_backup(data_dir: Path, store: Store, taken: Taken) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    assert await taken(1) == 1
    assert shelf.shelf(data_dir).stat().st_mode & 0o777 == 0o700
    assert shelf.listed(data_dir)[0].path.stat().st_mode & 0o777 == 0o600


async def failing(folder: Path) -> None:
    raise StorageError(f"A copy of the history did not pass the check: {folder.name}.")


async def test_a_copy_that_does_not_pass_is_no_backup_and_costs_none(
    data_dir: Path, store: Store, clock: FakeClock, taken: Taken, caplog: pytest.LogCaptureFixture
) -> None:
    for day in range(6):
        await store.history.apply(answer([record(day)]), NOW_MS)
        touch(data_dir, clock)
        await taken(DAY_S)
    before = shelf.listed(data_dir)
    touch(data_dir, clock)
    caplog.clear()
    async with backing_up(data_dir, store.history, clock, failing, nobody):
        await clock.run(3 * DAY_S)
    assert shelf.listed(data_dir) == before
    assert not (shelf.shelf(data_dir) / backup_module.UNFINISHED).exists()
    told = [entry.getMessage() for entry in caplog.records if entry.name == "ccurve.backups"]
    assert len(told) == 1  # the edge, not each attempt
    assert "did not pass the check" in told[0]


async def test_it_is_told_when_there_is_one_again(
    data_dir: Path, store: Store, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    shelf.shelf(data_dir).write_text("in the way")
    async with backing_up(data_dir, store.history, clock, passed, nobody):
        await clock.run(7200)
        shelf.shelf(data_dir).unlink()
        await clock.run(3600)
    assert len(shelf.listed(data_dir)) == 1
    told = [entry.getMessage() for entry in caplog.records if entry.name == "ccurve.backups"]
    assert len(told) == 2
    assert "tried again every hour" in told[0]
    assert "was backed up" in told[1]


async def test_a_disk_that_is_nearly_full_keeps_its_room_for_new_records(
    data_dir: Path, store: Store, taken: Taken, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(backup_module, "_SPARE_BYTES", 1 << 60)  # more than any disk has
    await store.history.apply(answer([record(1)]), NOW_MS)
    assert await taken(1) == 0
    assert "nearly full" in caplog.text
    assert [path.name for path in shelf.shelf(data_dir).iterdir()] == []


async def test_one_that_is_under_way_at_the_end_is_given_up(data_dir: Path, clock: FakeClock) -> None:
    started = asyncio.Event()

    async def verify(_: Path) -> None:
        started.set()
        await asyncio.Event().wait()

    with opened(data_dir) as store:
        await store.history.apply(answer([record(1)]), NOW_MS)
        async with backing_up(data_dir, store.history, clock, verify, nobody):
            await started.wait()
    assert list(shelf.shelf(data_dir).iterdir()) == []


async def test_what_a_kill_left_of_one_is_removed_by_the_next(data_dir: Path, store: Store, taken: Taken) -> None:
    left = shelf.shelf(data_dir) / backup_module.UNFINISHED
    left.mkdir(parents=True)
    (left / files.HISTORY).write_bytes(b"half")
    await store.history.apply(answer([record(1)]), NOW_MS)
    assert await taken(1) == 1
    assert not left.exists()


async def test_a_failure_is_shown_until_there_is_one_again(data_dir: Path, store: Store, clock: FakeClock) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    shelf.shelf(data_dir).write_text("in the way")
    heard: list[StorageError | None] = []
    async with backing_up(data_dir, store.history, clock, passed, heard.append):
        await clock.run(60)
        assert isinstance(heard[-1], StorageError)
        shelf.shelf(data_dir).unlink()
        await clock.run(3600)
    assert heard[-1] is None


async def test_one_that_was_put_off_for_want_of_room_has_not_failed(
    data_dir: Path, store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "_SPARE_BYTES", 1 << 60)  # more than any disk has
    await store.history.apply(answer([record(1)]), NOW_MS)
    heard: list[StorageError | None] = []
    async with backing_up(data_dir, store.history, clock, passed, heard.append):
        await clock.run(7200)
    assert not any(heard)


async def test_it_ends_where_what_was_begun_cannot_be_removed(
    data_dir: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = asyncio.Event()

    async def verify(_: Path) -> None:
        monkeypatch.setattr(backup_module.Backup, "discard", refuse)
        started.set()
        await asyncio.Event().wait()

    def refuse(_: backup_module.Backup) -> None:
        raise StorageError("No.")

    with opened(data_dir) as store:
        await store.history.apply(answer([record(1)]), NOW_MS)
        async with backing_up(data_dir, store.history, clock, verify, nobody):
            await started.wait()
