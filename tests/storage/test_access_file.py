import os
import stat
from pathlib import Path

import msgspec
import pytest

from domain.errors import AccessFileDamagedError, StorageError
from storage import access_file, files
from storage.access_file import Kept

KEPT = Kept(made="a" * 64, seal=f"made:{'a' * 64}", sessions={"b" * 64: 1_756_128_000_000})


def test_what_was_written_is_read(tmp_path: Path) -> None:
    access_file.write(tmp_path, KEPT)
    assert access_file.read(tmp_path) == KEPT


def test_nothing_is_kept_where_there_is_no_file(tmp_path: Path) -> None:
    assert access_file.read(tmp_path) == Kept()


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_only_the_owner_can_read_it_and_the_store_knows_it_as_its_own(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        access_file.write(tmp_path, KEPT)
    finally:
        os.umask(before)
    path = tmp_path / files.ACCESS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    tmp_path.chmod(0o755)
    files.prepare(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_any_damage_is_told_with_its_remedy(tmp_path: Path) -> None:
    access_file.write(tmp_path, KEPT)
    path = tmp_path / files.ACCESS
    whole = path.read_bytes()
    shorter = [whole[:length] for length in range(len(whole) - 1)]
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole) - 1)]
    for damaged in (*shorter, *flipped, bytes(len(whole)), whole + b"x", b"damage" * 1_000):
        path.write_bytes(damaged)
        with pytest.raises(AccessFileDamagedError, match="Delete it") as raised:
            access_file.read(tmp_path)
        assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    "document",
    [
        {"version": 2, "sessions": {}},
        {"version": 1, "sessions": {}, "more": 1},
        {"version": 1, "made": "short", "sessions": {}},
        {"version": 1, "seal": "none:such", "sessions": {}},
        {"version": 1, "seal": "given:zz:zz", "sessions": {}},
        {"version": 1, "sessions": {"short": 1}},
        {"version": 1, "sessions": {"b" * 64: "now"}},
        [],
    ],
)
def test_what_another_release_may_have_written_is_not_guessed_at(document: object, tmp_path: Path) -> None:
    text = msgspec.json.encode(document)
    (tmp_path / files.ACCESS).write_bytes(text + b"\n" + access_file._digest(text) + b"\n")
    with pytest.raises(AccessFileDamagedError, match="Delete it"):
        access_file.read(tmp_path)


def test_a_write_that_was_cut_short_leaves_what_there_was(tmp_path: Path) -> None:
    access_file.write(tmp_path, KEPT)
    (tmp_path / f"{files.ACCESS}.new").write_bytes(b'{"version":1')
    assert access_file.read(tmp_path) == KEPT
    access_file.write(tmp_path, Kept())
    assert access_file.read(tmp_path) == Kept()
    assert {path.name for path in tmp_path.iterdir()} == {files.ACCESS}


def test_what_cannot_be_read_or_written_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / files.ACCESS).mkdir()
    with pytest.raises(StorageError, match="read the access key"):
        access_file.read(tmp_path)
    with pytest.raises(StorageError, match="save who may ask"):
        access_file.write(tmp_path, KEPT)
