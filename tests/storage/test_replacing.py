"""A restoration that is cut short at any step leaves the old history or the new one, and the next start goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage import files
from storage.replacing import finish_restore, put_in_place

OLD, NEW = b"the old one", b"the new one"


@pytest.fixture
def restored(data_dir: Path) -> Path:
    (data_dir / files.HISTORY).write_bytes(OLD)
    (data_dir / files.RESTORED).write_bytes(NEW)
    return data_dir


def held(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_the_new_one_takes_the_place_and_the_old_one_is_kept(restored: Path) -> None:
    assert put_in_place(restored, "aside") == restored / "aside.mdb"
    assert held(restored) == {files.HISTORY: NEW, "aside.mdb": OLD}


def test_where_there_was_none_nothing_is_moved(data_dir: Path) -> None:
    (data_dir / files.RESTORED).write_bytes(NEW)
    assert put_in_place(data_dir, "aside") is None
    assert held(data_dir) == {files.HISTORY: NEW}


class CutShortError(Exception):
    pass


@pytest.mark.parametrize(("steps", "left"), [(0, OLD), (1, NEW), (2, NEW)])
def test_cut_short_after_any_step_one_of_them_is_there(
    restored: Path, monkeypatch: pytest.MonkeyPatch, steps: int, left: bytes
) -> None:
    done = 0

    def counted(step: Callable[..., object]) -> Callable[..., object]:
        def take(*arguments: object) -> object:
            nonlocal done
            if done == steps:
                raise CutShortError
            done += 1
            return step(*arguments)

        return take

    for name in ("rename", "replace"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(files, "sync_directory", counted(files.sync_directory))
    with pytest.raises(CutShortError):
        put_in_place(restored, "aside")
    monkeypatch.undo()
    finish_restore(restored)
    assert held(restored)[files.HISTORY] == left
    assert OLD in held(restored).values()
    assert files.RESTORED not in held(restored)


def test_half_of_one_is_never_put_in_place(data_dir: Path) -> None:
    (data_dir / files.UNFINISHED).write_bytes(NEW[:4])
    finish_restore(data_dir)
    assert held(data_dir) == {}
