import os
import stat
import sys
from pathlib import Path

import pytest

from domain.errors import DataDirUnusableError
from storage import files


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_a_directory_whose_name_is_no_text_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    directory = tmp_path / os.fsdecode(b"\xff")
    with pytest.raises(DataDirUnusableError, match="--data-dir"):
        files.prepare(directory)
    assert not directory.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_a_directory_that_holds_what_is_not_ours_keeps_its_mode_but_our_files_are_closed(tmp_path: Path) -> None:
    (tmp_path / "somebody-elses").touch()
    (tmp_path / files.COOKIE).touch(0o644)
    tmp_path.chmod(0o755)
    files.prepare(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / files.COOKIE).stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes with names nor links for everybody")
@pytest.mark.parametrize("name", [files.HISTORY, files.COOKIE, files.LOCK, files.CLEAN_END, files.INSTANCE])
def test_what_is_no_file_in_the_place_of_one_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.mkdir()
    with pytest.raises(DataDirUnusableError, match=rf"{name} is no file.*Move it away"):
        files.prepare(tmp_path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(DataDirUnusableError, match=rf"{name} is no file"):
        files.prepare(tmp_path)
    path.unlink()
    path.symlink_to(tmp_path / "a disk that is away" / name)
    with pytest.raises(DataDirUnusableError, match=rf"{name} is a link to what is not there"):
        files.prepare(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_mode_of_a_pipe_that_a_link_leads_to_is_not_changed(tmp_path: Path) -> None:
    """It may be a device, of which all the machine would be deprived."""
    os.mkfifo(tmp_path / "elsewhere", 0o666)
    (tmp_path / "elsewhere").chmod(0o666)
    data = tmp_path / "data"
    data.mkdir()
    (data / files.HISTORY).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataDirUnusableError):
        files.prepare(data)
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o666


@pytest.mark.skipif(os.name == "nt", reason="Windows wants a privilege for links")
def test_a_shelf_on_a_disk_that_is_away_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / files.BACKUPS).symlink_to(tmp_path / "away")
    files.prepare(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_a_directory_with_backups_and_what_they_replaced_is_all_ours(tmp_path: Path) -> None:
    (tmp_path / files.BACKUPS).mkdir(0o755)
    (tmp_path / "history-replaced-20261126T030000Z-2.mdb").touch(0o644)
    tmp_path.chmod(0o755)
    files.prepare(tmp_path)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / files.BACKUPS)} == {0o700}
    assert stat.S_IMODE((tmp_path / "history-replaced-20261126T030000Z-2.mdb").stat().st_mode) == 0o600


def test_what_is_reserved_is_zeros_of_the_owner_alone_and_nothing_that_was_there_is_changed(tmp_path: Path) -> None:
    files.reserve(tmp_path / "new", 8192)
    assert (tmp_path / "new").read_bytes() == bytes(8192)
    (tmp_path / "old").write_bytes(b"x" * 10)
    files.reserve(tmp_path / "old", 12)
    files.reserve(tmp_path / "old", 5)
    assert (tmp_path / "old").read_bytes() == b"x" * 10 + bytes(2)
    if sys.platform != "win32":
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0
