"""Owns the order of the benchmark: fill a store once, then measure what is done with it."""

import argparse
import asyncio
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import fill, frozen, live, memory, page, queries, start
from bench.charges import year_of_charges
from bench.figures import allow_many_files, on_one_processor, quiet_environment, resident_mb, show


def main() -> None:
    """Measure everything, or what was asked for."""
    parser = argparse.ArgumentParser(prog="bench", description="Print each figure of CCurve on a line.")
    parser.add_argument("--records", type=int, default=1_000_000, help="how many are stored (%(default)s)")
    parser.add_argument("--runs", type=int, default=15, help="runs of each figure, of which the median counts")
    parser.add_argument("--idle", type=float, default=30, help="seconds of idling before memory is read (%(default)s)")
    parser.add_argument("--page", action="store_true", help="measure the page alone")
    parser.add_argument("--dist", action="store_true", help="measure the frozen file alone")
    given = parser.parse_args()
    allow_many_files()
    now_ms = time.time_ns() // 1_000_000
    with TemporaryDirectory(prefix="ccurve-bench-") as name:
        directory = Path(name)
        if not given.page:
            asyncio.run(frozen.measure(directory, given.runs))
        if given.dist:
            return
        asyncio.run(page.measure(directory, given.runs))
        if given.page:
            return
        start.measure(directory / "empty", given.runs)
        records = year_of_charges(given.records, now_ms)
        newest = records[-20:]
        asyncio.run(fill.measure(directory / "full", records, now_ms))
        del records
        with on_one_processor(), _serving(directory / "full") as (url, process):
            time.sleep(given.idle)
            show(f"resident, idle for {given.idle:.0f} s, 1 M stored", resident_mb(process.pid), "MB", "<= 60")
            queries.measure(url, given.runs)
        asyncio.run(live.measure(directory / "full", newest, given.runs))
        asyncio.run(memory.measure(directory / "empty"))


class _serving:  # noqa: N801 - used as a function is
    """Run CCurve on a data directory; yields its address and its process."""

    def __init__(self, data_dir: Path) -> None:
        command = [sys.executable, str(start.ROOT / "app.py"), "--no-browser", "--port", "0"]
        command += ["--data-dir", str(data_dir), "--upstream", "http://127.0.0.1:9"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet_environment())

    def __enter__(self) -> tuple[str, "subprocess.Popen[str]"]:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        return self._process.stdout.readline().split()[-1], self._process

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        self._process.stdout.close()


main()
