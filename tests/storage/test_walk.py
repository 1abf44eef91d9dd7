"""What `lmdb.verify` takes for damage and is none passes; what it misses does not. Both are facts of its version."""

import random
import struct
from collections.abc import Iterator
from pathlib import Path

import lmdb
import pytest
from lmdb.verify import verify

from storage import files
from storage.store import opened
from storage.walk import problems
from tests.storage.examples import NOW_MS, answer, everything, record

PAGE = 4096
BRANCH, LEAF, FIXED = 0x01, 0x02, 0x20


def write(path: Path, *values: bytes) -> None:
    """Put one value in the place of the other, all in one transaction."""
    with lmdb.open(str(path), subdir=False, lock=False) as env, env.begin(write=True) as transaction:
        for value in values:
            transaction.put(b"key", value)


@pytest.mark.parametrize("size", [1, 3000, 5000, 9000])
def test_a_long_value_that_a_shorter_one_replaced_is_no_damage(tmp_path: Path, size: int) -> None:
    write(tmp_path / "db", b"x" * 20_000, b"y" * size)
    assert problems(tmp_path / "db") == []


def test_lmdb_itself_takes_it_for_damage_which_is_why_this_is_here(tmp_path: Path) -> None:
    write(tmp_path / "db", b"x" * 20_000, b"y" * 5000)
    assert verify(str(tmp_path / "db"), subdir=False)  # type: ignore[no-untyped-call]


async def test_a_sum_of_many_models_that_became_fewer_opens_after_an_end_that_was_not_clean(data_dir: Path) -> None:
    """The answer that brings a new charge corrects others: it adds to a sum, and then makes that anew, of less."""
    crowd = [record(n, after_ms=n, model=f"model-{n}") for n in range(450)]
    with opened(data_dir) as store:
        await store.history.apply(answer(crowd), NOW_MS)
        fewer = [record(r.id, after_ms=r.id, model="opus") for r in crowd[:300]]
        await store.history.apply(answer([*fewer, record(1000, after_ms=1000, model="opus")]), NOW_MS)
    assert verify(str(data_dir / files.HISTORY), subdir=False)  # type: ignore[no-untyped-call]
    (data_dir / files.CLEAN_END).unlink()
    with opened(data_dir) as store:
        assert len(await everything(store)) == 451


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_file_that_ends_within_a_long_value_is_damaged(tmp_path: Path, pages: int) -> None:
    write(tmp_path / "db", b"x" * 5 * PAGE)
    whole = (tmp_path / "db").read_bytes()
    assert problems(tmp_path / "db") == []
    for missing in (pages * PAGE, pages * PAGE - 100):
        (tmp_path / "db").write_bytes(whole[:-missing])
        assert problems(tmp_path / "db")


def test_whatever_is_written_and_removed_is_no_damage(tmp_path: Path) -> None:
    dice = random.Random(5)  # noqa: S311 - the same every time
    with lmdb.open(str(tmp_path / "db"), subdir=False, lock=False, max_dbs=2, map_size=64 << 20, sync=False) as env:
        tables = [env.open_db(name) for name in (b"one", b"other")]
        for _ in range(200):
            with env.begin(write=True) as transaction:
                for _ in range(dice.choice([1, 5, 100])):
                    key, table = b"%d" % dice.randrange(600), dice.choice(tables)
                    if dice.random() < 0.6:
                        transaction.put(key, bytes(dice.choice([20, 200, 3000, 9000, 20_000])), db=table)
                    else:
                        transaction.delete(key, db=table)
        env.sync(True)
    assert problems(tmp_path / "db") == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A file with three levels of pages, every other number a key."""
    path = tmp_path / "db"
    with lmdb.open(str(path), subdir=False, lock=False) as env, env.begin(write=True) as transaction:
        for number in range(0, 3000, 2):
            transaction.put(number.to_bytes(8, "big"), bytes(900))
        assert transaction.stat()["depth"] == 3
    return path


@pytest.mark.parametrize("wrong_by", [1, -2], ids=["too high", "too low"])
def test_a_key_on_a_branch_page_by_which_something_is_not_found_is_damage(tree: Path, wrong_by: int) -> None:
    whole = tree.read_bytes()
    keys = list(branch_keys(whole))
    for at, key in [keys[0], *random.Random(6).sample(keys, 20)]:  # noqa: S311 - the same every time
        number = int.from_bytes(key, "big")
        # Nothing lies between the last key before it and itself: that one is as good.
        tree.write_bytes(changed(whole, at, (number - 1).to_bytes(8, "big")))
        assert problems(tree) == []
        tree.write_bytes(changed(whole, at, (number + wrong_by).to_bytes(8, "big")))
        assert verify(str(tree), subdir=False) == []  # type: ignore[no-untyped-call]
        assert "not found" in problems(tree)[0]


@pytest.mark.parametrize(
    ("at", "what"),
    [(12, struct.pack("=HH", 16, PAGE)), (8, struct.pack("=HH", 1, LEAF | FIXED))],
    ids=["empty", "fixed"],
)
def test_a_page_without_keys_is_damage(tree: Path, at: int, what: bytes) -> None:
    whole = tree.read_bytes()
    for start in [start for start in range(2 * PAGE, len(whole), PAGE) if kind_of(whole, start) == LEAF][::40]:
        tree.write_bytes(changed(whole, start + at, what))
        assert problems(tree)


def changed(whole: bytes, at: int, what: bytes) -> bytes:
    return whole[:at] + what + whole[at + len(what) :]


def kind_of(whole: bytes, start: int) -> int:
    kind: int = struct.unpack_from("=H", whole, start + 10)[0]
    return kind


def branch_keys(whole: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where a key lies that leads a search, and the key, of every branch page but its first, which is empty."""
    for start in (start for start in range(2 * PAGE, len(whole), PAGE) if kind_of(whole, start) == BRANCH):
        (lower,) = struct.unpack_from("=H", whole, start + 12)
        for place in struct.unpack_from(f"={(lower - 16) // 2}H", whole, start + 16)[1:]:
            at = start + place + 8
            yield at, whole[at : at + 8]
