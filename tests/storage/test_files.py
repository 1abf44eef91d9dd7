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
