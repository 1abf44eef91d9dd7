import os
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
