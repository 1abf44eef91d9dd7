"""Owns the figures of the start: from the command to the line that says that it listens."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bench.figures import on_one_processor, quiet_environment, show

ROOT: Final = Path(__file__).parent.parent


def measure(data_dir: Path, runs: int) -> None:
    """Start CCurve and an aiohttp server with one route in turn; compare the medians."""
    ours = [str(ROOT / "app.py"), "--no-browser", "--port", "0", "--data-dir", str(data_dir)]
    ruler = [str(ROOT / "bench" / "ruler_server.py")]
    times: dict[str, list[float]] = {"ours": [], "ruler": []}
    with on_one_processor():
        for run in range(runs + 1):
            for name, command in (("ours", ours), ("ruler", ruler)):
                elapsed = _time_to_line(command)
                if run:  # the first warms the caches
                    times[name].append(elapsed)
    ours_ms, ruler_ms = (statistics.median(times[name]) for name in ("ours", "ruler"))
    show("start: python app.py to listening", ours_ms / ruler_ms, "x", "<= 1.15", f"{ours_ms:.0f} / {ruler_ms:.0f} ms")


def _time_to_line(command: list[str]) -> float:
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, cwd=ROOT, env=quiet_environment()
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        line = process.stdout.readline()
        elapsed = (time.perf_counter() - start) * 1000
        process.terminate()
    if b"listening" not in line:
        sys.exit(f"{command[0]} did not start")
    return elapsed
