"""Stored fixtures of every layout there has been: `python -m tests.storage.test_schema` writes that of this one."""

import asyncio
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from domain.records import Gap
from domain.settings import Config
from storage import files, schema
from storage.store import opened
from tests.storage.examples import ALWAYS, NOW_MS, answer, everything, record

FIXTURES: Final = Path(__file__).parent / "fixtures"
CONFIG: Final = Config(interval_seconds=300, hidden_models=["haiku"], time_zone="Asia/Kolkata")
RECORDS: Final = [record(n, model=f"model-{n % 3}", micros=n * 1_500_000) for n in (*range(40), *range(60, 100))]


async def fill(directory: Path) -> None:
    """Write what the tests below expect into a new store."""
    files.prepare(directory)
    with opened(directory) as store:
        await store.history.apply(answer(RECORDS[:40]), NOW_MS)
        await store.history.apply(answer(RECORDS[40:]), NOW_MS)
        await store.settings.save_config(CONFIG)
        await store.settings.save_enabled(True)


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
async def test_a_database_of_any_release_opens_with_all_that_it_holds(version: int, data_dir: Path) -> None:
    shutil.copyfile(FIXTURES / f"schema-{version}.mdb", data_dir / files.HISTORY)
    with opened(data_dir) as store:
        assert await everything(store) == RECORDS
        assert store.history.summary().gaps == [Gap(RECORDS[39].created_ms, RECORDS[40].created_ms)]
        assert store.settings.config == CONFIG
        assert store.settings.enabled is True
        sums = await store.history.read(lambda view: view.sums(ALWAYS, None))
        assert sum(total.micros for total in sums.totals) == sum(r.micros for r in RECORDS)
        stored = await store.history.apply(answer([*RECORDS, record(200)]), NOW_MS)
        assert stored.records == [record(200)]


def main() -> None:
    """Write the fixture of this layout; never over one that exists, for it has been released."""
    target = FIXTURES / f"schema-{schema.VERSION}.mdb"
    if target.exists():
        sys.exit(f"{target} exists.")
    with TemporaryDirectory() as name:
        asyncio.run(fill(Path(name)))
        shutil.copyfile(Path(name) / files.HISTORY, target)


if __name__ == "__main__":
    main()
