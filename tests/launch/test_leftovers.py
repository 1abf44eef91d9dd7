import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launch.leftovers import LOCK, tidy_up

ROOT = Path(__file__).parents[2]
DAY_S = 86_400
# A program in its folder, until it is killed or its input ends.
RUN = """
import sys, time
from pathlib import Path
from launch.leftovers import tidy_up
tidy_up(Path(sys.argv[1]), time.time())
print("running", flush=True)
sys.stdin.read()
"""


def folder(directory: Path, name: str = "_MEI00000001abcdef", *, lock: bytes | None = b"held\n") -> Path:
    """Make what the bootloader makes; an empty lock was never held."""
    made = directory / name
    (made / "static" / "assets").mkdir(parents=True)
    (made / "static" / "assets" / "page.js").write_text("page")
    (made / "libpython.so").write_text("library")
    if lock is not None:
        (made / LOCK).write_bytes(lock)
    return made


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return folder(tmp_path, "_MEI0000ffffzzzzzz", lock=b"")


@contextmanager
def running(own: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(own)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        yield process


def test_what_a_killed_one_left_is_removed_but_nothing_of_a_running_one(own: Path, tmp_path: Path) -> None:
    other = folder(tmp_path, lock=b"")
    with running(other) as process:
        tidy_up(own, time.time() + 100 * DAY_S)
        assert (other / "static" / "assets" / "page.js").exists()
        process.kill()
    tidy_up(own, time.time())
    assert not other.exists()
    assert (own / "libpython.so").exists()


def test_a_start_that_is_under_way_is_left_alone_and_one_that_was_killed_then_is_not(own: Path, tmp_path: Path) -> None:
    other = folder(tmp_path, lock=b"")
    tidy_up(own, time.time() + DAY_S - 60)
    assert other.exists()
    tidy_up(own, time.time() + DAY_S + 60)
    assert not other.exists()


@pytest.mark.parametrize("name", ["_MEI00000001abcdef", "_MEIabcdef", "ccurve", "_MEI"])
def test_folders_of_other_programs_are_left_alone(name: str, own: Path, tmp_path: Path) -> None:
    other = folder(tmp_path, name, lock=None if len(name) > 10 else b"held\n")
    tidy_up(own, time.time() + 100 * DAY_S)
    assert (other / "static" / "assets" / "page.js").exists()


def test_links_are_not_followed(own: Path, tmp_path: Path) -> None:
    elsewhere = folder(tmp_path / "elsewhere")
    (tmp_path / "_MEI00000002abcdef").symlink_to(elsewhere, target_is_directory=True)
    left = folder(tmp_path, "_MEI00000003abcdef")
    (left / "inside").symlink_to(elsewhere, target_is_directory=True)
    tidy_up(own, time.time() + 100 * DAY_S)
    assert not left.exists()
    assert (elsewhere / "static" / "assets" / "page.js").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_folders_of_other_people_are_left_alone(own: Path, tmp_path: Path) -> None:
    other = folder(tmp_path)
    os.chown(other, 12345, 12345)
    tidy_up(own, time.time() + 100 * DAY_S)
    assert (other / "libpython.so").exists()


def test_a_removal_that_was_cut_short_is_completed(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "_MEI00000001abcdef"
    other.mkdir()
    (other / LOCK).write_bytes(b"held\n")
    tidy_up(own, time.time())
    assert not other.exists()


def test_starts_at_the_same_moment_clear_up_together(tmp_path: Path) -> None:
    left = [folder(tmp_path, f"_MEI0000000{number}abcdef") for number in range(8)]
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder(tmp_path, f"_MEI0000001{number}abcdef", lock=b""))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for start in starts:
        assert start.stdout is not None
        assert start.stdout.readline().strip() == b"running"
    assert not [folder for folder in left if folder.exists()]
    for start in starts:
        assert start.communicate() == (b"", b"")
    assert len(list(tmp_path.iterdir())) == len(starts)


def test_nothing_breaks_where_our_own_folder_has_gone(tmp_path: Path) -> None:
    left = folder(tmp_path)
    tidy_up(tmp_path / "_MEI0000ffffzzzzzz", time.time())
    assert not left.exists()
