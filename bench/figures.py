"""Owns how a figure is printed, and the few measures that several of them share."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def show(name: str, value: float, unit: str, goal: str, ruler: str = "") -> None:
    """Print a figure on a line of its own: what, how much, the goal, and what it was measured against."""
    print(f"{name:<58} {value:>10.2f} {unit:<10} goal {goal:<12} {ruler}", flush=True)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process, in units of 1,000,000 bytes."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(pid)])) * 1024 / 1e6


def allow_many_files() -> None:
    """Raise this process's limit on open files as far as it may, for itself and its children."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - there is none on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))


def quiet_environment() -> dict[str, str]:
    """Return the environment for a program under measurement: this one's, less what would change its work."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("CCURVE_", "PYTHON"))}


@contextmanager
def on_one_processor() -> Iterator[None]:
    """Keep this process and the children that it starts on one processor, so that a ruler here is one for them, too.

    The processors of a shared machine may differ by half at any moment. Does nothing where the system cannot.
    """
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
