"""`kill -9` at random moments of a restoration, and of a backup: one of the two histories is there, nothing is lost."""

import asyncio
import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from storage import files, packing, shelf
from storage.check import check
from storage.examine import examine
from storage.store import opened
from tests.e2e.program import Program, running
from tests.storage.examples import NOW_MS, answer, record

NOWHERE: Final = "http://127.0.0.1:9"
BEFORE, NOW = 4000, 5000


@pytest.fixture
async def lived(tmp_path: Path) -> Path:
    """A data directory with a backup of `BEFORE` records, and `NOW` in its history."""
    directory = tmp_path / "lived"
    files.prepare(directory)
    with opened(directory) as store:
        await store.history.apply(answer([record(n) for n in range(BEFORE)]), NOW_MS)
    written_ms = (directory / files.HISTORY).stat().st_mtime_ns // 1_000_000
    backup = shelf.place(directory, written_ms, "daily")
    backup.parent.mkdir(files.OWNER_ONLY_DIR)
    packing.pack(directory / files.HISTORY, backup, lambda: False)
    with opened(directory) as store:
        await store.history.apply(answer([record(n) for n in range(BEFORE, NOW)]), NOW_MS)
        await store.cookies.save("session=invented")
    return directory


def _there(directory: Path, pattern: str) -> bool:
    try:
        return any(directory.glob(pattern))
    except FileNotFoundError:  # a folder on the way was removed meanwhile
        return False


def hashes(directory: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.glob("*.mdb*") if path.is_file()}


async def test_kills_during_a_restoration_leave_the_old_history_or_the_new(
    lived: Path, tmp_path: Path, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    dice = random.Random(8)  # noqa: S311 - the same every time
    old = hashlib.sha256((lived / files.HISTORY).read_bytes()).hexdigest()
    left: Counter[str] = Counter()
    directory = tmp_path / "killed"
    for _ in range(count("kills")):
        shutil.copytree(lived, directory)
        program = await Program.started("--restore", data_dir=directory)
        # Any of its steps, and then a moment; or before it has begun.
        begun = dice.choice([files.LOCK, files.UNFINISHED, files.RESTORED, files.RESTORED, "history-replaced-*"])
        while not _there(directory, begun):
            if not program.alive:
                break
            await asyncio.sleep(0)
        await asyncio.sleep(dice.choice([0, dice.uniform(0, 0.1)]))
        await program.kill_if_alive()
        assert old in hashes(directory), "what was to be replaced is gone"
        half = "half way" if not (directory / files.HISTORY).exists() else ""
        with opened(directory) as store:
            records = store.history.summary().records
            assert store.cookies.text == "session=invented"
        assert records in {BEFORE, NOW}
        assert [finding.line for finding in check(directory) if not finding.good] == []
        left[half or ("the new one" if records == BEFORE else "the old one")] += 1
        shutil.rmtree(directory)
    figure("kills during --restore: what was there then", dict(left))


async def test_kills_during_a_backup_leave_no_half_of_one(
    lived: Path, tmp_path: Path, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    dice = random.Random(9)  # noqa: S311 - the same every time
    shutil.rmtree(shelf.shelf(lived))
    taken = 0
    directory = tmp_path / "killed"
    for _ in range(count("kills")):
        shutil.copytree(lived, directory)
        async with running(data_dir=directory, upstream=NOWHERE) as program:
            # Any of its steps, and then a moment: its copy, the check of that, packing, and what comes after.
            begun = dice.choice(
                ["backups", "backups/unfinished/history.mdb", "backups/unfinished/*.gz", "backups/*.gz"]
            )
            while not _there(directory, begun) and not shelf.listed(directory):
                assert program.alive
                await asyncio.sleep(0)
            await asyncio.sleep(dice.uniform(0, 0.05))
            await program.kill()
        for backup in shelf.listed(directory):
            taken += 1
            packing.unpack(backup.path, tmp_path / "unpacked")
            assert examine(tmp_path / "unpacked").records == NOW
            (tmp_path / "unpacked").unlink()
        with opened(directory) as store:
            assert store.history.summary().records == NOW
        shutil.rmtree(directory)
    figure("kills during a backup: those that were already taken", f"{taken} of {count('kills')}")
