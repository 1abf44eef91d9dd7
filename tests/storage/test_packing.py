import os
import random
from pathlib import Path

import pytest

from storage import packing


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "plain"
    path.write_bytes(random.Random(1).randbytes(1 << 20) * 3)  # noqa: S311 - the same every time
    return path


def never() -> bool:
    return False


def test_what_is_packed_unpacks_to_the_same_bytes(plain: Path, tmp_path: Path) -> None:
    packing.pack(plain, tmp_path / "packed", never)
    packing.unpack(tmp_path / "packed", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == plain.read_bytes()
    assert (tmp_path / "packed").read_bytes() != plain.read_bytes()


def test_what_was_not_packed_is_copied(plain: Path, tmp_path: Path) -> None:
    packing.unpack(plain, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == plain.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_only_the_owner_can_read_either(plain: Path, tmp_path: Path) -> None:
    packing.pack(plain, tmp_path / "packed", never)
    packing.unpack(tmp_path / "packed", tmp_path / "again")
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("packed", "again")} == {0o600}


@pytest.mark.parametrize("at", [12, 1000, -5])
def test_a_flipped_bit_is_found(plain: Path, tmp_path: Path, at: int) -> None:
    packed = tmp_path / "packed"
    packing.pack(plain, packed, never)
    content = bytearray(packed.read_bytes())
    content[at] ^= 16
    packed.write_bytes(content)
    with pytest.raises(packing.BROKEN):
        packing.unpack(packed, tmp_path / "again")


@pytest.mark.parametrize("size", [3, 15, 5000])
def test_half_of_one_is_found(plain: Path, tmp_path: Path, size: int) -> None:
    packed = tmp_path / "packed"
    packing.pack(plain, packed, never)
    packed.write_bytes(packed.read_bytes()[:size])
    with pytest.raises(packing.BROKEN):
        packing.unpack(packed, tmp_path / "again")


def test_nothing_is_written_over(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        packing.pack(plain, tmp_path / "there", never)
    with pytest.raises(FileExistsError):
        packing.unpack(plain, tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == b"kept"


def test_it_ends_soon_where_nobody_wants_it_any_more(plain: Path, tmp_path: Path) -> None:
    asked = iter([False, True])
    with pytest.raises(packing.AbandonedError):
        packing.pack(plain, tmp_path / "packed", lambda: next(asked))
