"""What the READMEs promise about the data: where it lies, and that a copy brings it back."""

import shutil
from pathlib import Path, PureWindowsPath
from typing import Final

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from storage import files
from storage.store import opened
from tests.storage.examples import NOW_MS, answer, everything, record
from tests.words.documents import document

DIRECTORIES: Final = [row for row in document("README.md").rows if row and row[0].endswith("ccurve")]
COOKIE: Final = "session=invented"


def test_the_data_lies_where_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    (windows,), (macos,), (linux, *_) = DIRECTORIES
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert Unix("ccurve", appauthor=False).user_data_dir == str(Path(linux).expanduser())
    assert MacOS("ccurve", appauthor=False).user_data_dir == str(Path(macos).expanduser())
    local = r"C:\Users\somebody\AppData\Local"
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", local)  # stands in for what Windows would answer
    assert PureWindowsPath(Windows("ccurve", appauthor=False).user_data_dir) == PureWindowsPath(
        windows.replace("%LOCALAPPDATA%", local)
    )


async def test_a_copy_of_the_history_brings_it_back_without_the_cookie(tmp_path: Path) -> None:
    lived, kept, fresh = tmp_path / "lived", tmp_path / "kept.mdb", tmp_path / "fresh"
    for directory in (lived, fresh):
        files.prepare(directory)
    with opened(lived) as store:
        await store.history.apply(answer([record(1)]), NOW_MS)
        await store.cookies.save(COOKIE)
    shutil.copyfile(lived / "history.mdb", kept)
    with opened(fresh):
        pass
    shutil.copyfile(kept, fresh / "history.mdb")
    with opened(fresh) as store:
        assert await everything(store) == [record(1)]
        assert store.cookies.text is None
    assert COOKIE.encode() not in kept.read_bytes()


def test_each_file_that_is_named_is_one_that_is_kept() -> None:
    named = {code for code in document("README.md").code if code.endswith(".mdb")}
    assert named == {files.HISTORY, files.COOKIE}
