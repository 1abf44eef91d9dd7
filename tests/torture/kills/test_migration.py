"""`kill -9` while a layout is brought up to date: what is there afterwards is the old one, or the new one, whole."""

import asyncio
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from domain.errors import DatabaseTooNewError
from domain.records import Record
from domain.windows import Buckets
from domain.zones import zone
from storage import files, schema
from storage.store import opened
from storage.view import View
from tests.e2e.program import ROOT
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer, everything
from tests.torture.kills import migrating
from tests.torture.kills.rig import Rig
from tests.torture.kills.shares import share

RECORDS: Final = 20_000
MICROS: Final = 1_500_000


async def test_kills_amid_a_migration_leave_the_old_layout_or_the_new_one_whole(
    rig: Rig,
    tmp_path: Path,
    count: Callable[[str], int],
    figure: Callable[[str, object], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began_s = time.monotonic()
    old = tmp_path / "old"
    files.prepare(old)
    with opened(old) as store:
        records = [Record(n, f"model-{n % 5}", MICROS, START_MS + n * 700) for n in range(RECORDS)]
        await store.history.apply(answer(records), NOW_MS)
    whole_s = await _migrate(shutil.copytree(old, tmp_path / "once"))
    kills, migrated = share("migration", count("kills")), 0
    for kill in range(kills):
        directory = shutil.copytree(old, tmp_path / f"data-{kill}")
        await _migrate(directory, killed_after_s=rig.dice.uniform(0, whole_s * 1.1))
        version = _layout(directory)
        with monkeypatch.context() as patch:
            patch.setattr(schema, "VERSION", version)
            await _assert_whole(directory, MICROS * (1 if version == migrating.OLD else 2))
        migrated += version == migrating.NEW
        shutil.rmtree(directory)
    figure("kills amid a migration", f"{kills}; {migrated} after its commit; {time.monotonic() - began_s:.0f} s")


async def _migrate(directory: Path, *, killed_after_s: float | None = None) -> float:
    """Migrate, and kill that so long after it has begun; return how long it took."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", migrating.__name__, str(directory), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).decode().strip() == migrating.BEGUN
    began_s = time.monotonic()
    if killed_after_s is None:
        assert await process.wait() == 0
    else:
        await asyncio.sleep(killed_after_s)  # the moment of the kill, and no wait for anything
        if process.returncode is None:
            process.kill()
        await process.wait()
    return time.monotonic() - began_s


def _layout(directory: Path) -> int:
    try:
        with opened(directory):
            return migrating.OLD
    except DatabaseTooNewError:
        return migrating.NEW


async def _assert_whole(directory: Path, micros: int) -> None:
    with opened(directory) as store:
        assert {record.micros for record in await everything(store)} == {micros}
        assert store.history.summary().records == RECORDS
        assert sum(total.micros for total in store.history.lifetime()) == RECORDS * micros

        def sums(view: View, size_s: int) -> int:
            held = view.span(ALWAYS)
            assert held is not None
            found = view.sums(ALWAYS, Buckets(size_s, held, zone("UTC")))
            assert sum(p[1] for one in found.series for p in one.points) == sum(t.micros for t in found.totals)
            return sum(total.micros for total in found.totals)

        for size_s in (60, 900, 1800, 3600, 14_400):
            assert await store.history.read(lambda view, at=size_s: sums(view, at)) == RECORDS * micros  # type: ignore[misc]
