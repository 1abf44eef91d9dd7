import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.errors import AccessFileDamagedError, StorageError
from storage import access_file, files
from storage.access import DAY_MS, MAX_IDLE_MS, MAX_SESSIONS, Access, opened_access
from tests.web.stand_ins import StandInClock

KEY = "key-of-a-test"


class Door:
    """A data directory, and a clock that is turned."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.clock = StandInClock()
        self.ended: list[str] = []

    @contextmanager
    def open(self, key: str | None = KEY) -> Iterator[Access]:
        with opened_access(self.directory, key, self.clock) as access:
            access.bind(self.ended.append)
            yield access

    def on_disk(self) -> bytes:
        return (self.directory / files.ACCESS).read_bytes()


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path)


def test_a_key_is_made_at_the_first_start_and_is_the_same_from_then_on(door: Door) -> None:
    with door.open(None) as access:
        made = access.made
        assert made is not None
        assert access.accepts(made)
        assert not access.accepts(made[:-1])
    with door.open(None) as access:
        assert access.made is None
        assert access.accepts(made)


def test_a_made_key_lies_nowhere_in_the_clear(door: Door) -> None:
    with door.open(None) as access:
        assert access.made is not None
        plain = access.made.replace("-", "").encode()
    for path in door.directory.iterdir():
        assert plain not in path.read_bytes().replace(b"-", b"")


def test_a_given_key_is_asked_for_in_place_of_the_made_one_and_does_not_replace_it(door: Door) -> None:
    with door.open(None) as access:
        made = access.made or ""
    with door.open() as access:
        assert access.made is None
        assert access.accepts(KEY)
        assert not access.accepts(made)
    with door.open(None) as access:
        assert access.made is None
        assert access.accepts(made)
        assert not access.accepts(KEY)


async def test_a_given_key_and_the_values_of_sessions_lie_nowhere_in_the_clear(door: Door) -> None:
    with door.open() as access:
        value = await access.begin()
        session = access.session(value)
    assert KEY.encode() not in door.on_disk()
    assert value.encode() not in door.on_disk()
    assert (session or "").encode() in door.on_disk()


async def test_a_session_is_known_by_its_value_alone(door: Door) -> None:
    with door.open() as access:
        value = await access.begin()
        session = access.session(value)
        assert session is not None
        assert len(value) == 43  # 256 bits
        for other in ("", session, value[:-1], value + "A", value.swapcase(), KEY):
            assert access.session(other) is None


@pytest.mark.parametrize("key", [KEY, None])
async def test_sessions_outlive_restarts(key: str | None, door: Door) -> None:
    with door.open(key) as access:
        values = [await access.begin() for _ in range(3)]
    for _ in range(3):
        with door.open(key) as access:
            assert all(access.session(value) for value in values)


async def test_sessions_end_for_good_when_the_key_changes_even_if_it_changes_back(door: Door) -> None:
    for before, after in ((KEY, "another"), (None, KEY), (KEY, None)):
        with door.open(before) as access:
            value = await access.begin()
        with door.open(after) as access:
            assert access.session(value) is None
        with door.open(before) as access:
            assert access.session(value) is None


async def test_a_made_key_that_is_deleted_takes_its_sessions_with_it(door: Door) -> None:
    with door.open(None) as access:
        made, value = access.made or "", await access.begin()
    (door.directory / files.ACCESS).unlink()
    with door.open(None) as access:
        assert access.made not in {None, made}
        assert not access.accepts(made)
        assert access.session(value) is None


async def test_an_end_is_for_good_and_concerns_one_session_alone(door: Door) -> None:
    with door.open() as access:
        value, other = await access.begin(), await access.begin()
        session = access.session(value)
        assert session is not None
        await access.end(session)
        assert access.session(value) is None
        assert door.ended == [session]
        await access.end(session)
        assert door.ended == [session]
    with door.open() as access:
        assert access.session(value) is None
        assert access.session(other) is not None


async def test_what_is_opened_in_place_of_others_ends_them_for_good(door: Door) -> None:
    with door.open() as access:
        values = [await access.begin() for _ in range(3)]
        gone = [access.session(value) or "" for value in values[:2]]
        newest = await access.begin(*gone)
        assert sorted(door.ended) == sorted(gone)
    with door.open() as access:
        assert [access.session(value) is not None for value in (*values, newest)] == [False, False, True, True]


async def test_there_are_so_many_sessions_and_the_one_unused_for_longest_ends(door: Door) -> None:
    with door.open() as access:
        values = []
        for _ in range(MAX_SESSIONS):
            values.append(await access.begin())
            door.clock.now_ms += 1_000
        first, second = access.session(values[0]), access.session(values[1])
        door.clock.now_ms += 2 * DAY_MS
        assert access.session(values[0]) == first
        newest = await access.begin()
        assert door.ended == [second]
        assert access.session(values[0]) == first
        assert access.session(newest)
    assert len(access_file.read(door.directory).sessions) == MAX_SESSIONS


async def test_a_session_that_is_used_lives_on_and_one_that_is_not_ends(door: Door) -> None:
    with door.open() as access:
        used, unused = await access.begin(), await access.begin()
        session = access.session(unused)
        for _ in range(4):
            door.clock.now_ms += MAX_IDLE_MS // 3
            assert access.session(used) is not None
        assert access.session(unused) is None
        assert session in door.ended
    with door.open() as access:
        assert access.session(used) is not None
        assert access.session(unused) is None
        await access.begin()
    assert len(access_file.read(door.directory).sessions) == 2


async def test_use_is_written_once_a_day_at_most(door: Door) -> None:
    with door.open() as access:
        value = await access.begin()
        before = door.on_disk()
        for _ in range(23):
            door.clock.now_ms += DAY_MS // 24
            access.session(value)
    assert door.on_disk() == before
    with door.open() as access:
        door.clock.now_ms += DAY_MS
        access.session(value)
    assert door.on_disk() != before


async def test_a_use_that_cannot_be_written_is_told_once_and_lets_everybody_in(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with door.open() as access:
        value = await access.begin()
        (door.directory / f"{files.ACCESS}.new").mkdir()
        door.clock.now_ms += 2 * DAY_MS
        assert all(access.session(value) for _ in range(50))
    assert [entry.name for entry in caplog.records if entry.name != "asyncio"] == ["storage.access"]
    assert "save who may ask" in caplog.text


async def test_what_cannot_be_written_has_not_happened(door: Door) -> None:
    with door.open() as access:
        value = await access.begin()
        session = access.session(value) or ""
        (door.directory / f"{files.ACCESS}.new").mkdir()
        with pytest.raises(StorageError):
            await access.begin(session)
        with pytest.raises(StorageError):
            await access.end(session)
        assert access.session(value) == session
        assert door.ended == []
        (door.directory / f"{files.ACCESS}.new").rmdir()
    assert list(access_file.read(door.directory).sessions) == [session]


async def test_changes_at_the_same_time_lose_nothing(door: Door) -> None:
    with door.open() as access:
        first = await access.begin()
        values = await asyncio.gather(*(access.begin() for _ in range(20)))
        await asyncio.gather(access.end(access.session(first) or ""), *(access.begin() for _ in range(20)))
        assert access.session(first) is None
    with door.open() as access:
        assert access.session(first) is None
        assert all(access.session(value) for value in values)
    assert len(access_file.read(door.directory).sessions) == 40


async def test_damage_lets_nobody_in_by_an_old_session_or_a_new_key(door: Door) -> None:
    with door.open() as access:
        await access.begin()
    (door.directory / files.ACCESS).write_bytes(door.on_disk()[:-30])
    for key in (None, KEY):
        with pytest.raises(AccessFileDamagedError), door.open(key):
            raise AssertionError("it must not come to this")
