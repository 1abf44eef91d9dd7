"""Owns the figures of the frozen file: its size, how soon it listens and draws, what memory it takes.

The ruler is the least server on the same packages, stripped and frozen by PyInstaller as it comes.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, Self

from playwright.async_api import Browser

from bench import page
from bench.figures import quiet_environment, resident_mb, show
from release import PROGRAM, ROOT
from tests.browser.charges import work
from tests.browser.chromium import installed, launched
from tests.browser.stage import now_ms, staged

_HOUR_MS: Final = 3_600_000
_SETTLED_S: Final = 10


async def measure(directory: Path, runs: int) -> None:
    """Measure `dist/ccurve`; say so where it was not made."""
    if not PROGRAM.exists():
        print("the frozen file: not measured, for `make dist` has not made it")
        return
    ours = _command(directory / "frozen")
    ruler = [str(_frozen_ruler(directory))]
    show("frozen: size", _megabytes(ours), "MB", "<= 12.5", f"the ruler: {_megabytes(ruler):.1f} MB")
    times: dict[str, list[float]] = {"ours": [], "ruler": []}
    for run in range(runs + 1):
        for name, command in (("ours", ours), ("ruler", ruler)):
            with _Run(command) as started:
                if run:  # the first warms the caches
                    times[name].append(started.elapsed_ms)
    ours_ms, ruler_ms = (statistics.median(times[name]) for name in ("ours", "ruler"))
    show("frozen: launch to listening", ours_ms / ruler_ms, "x", "<= 1.05", f"{ours_ms:.0f} / {ruler_ms:.0f} ms")
    cold = _cold_ms(ours)
    if cold:
        show("frozen: first launch, nothing of it in memory", cold, "ms", "told")
    ours_mb, ruler_mb = _settled_mb(ours), _settled_mb(ruler)
    show("frozen: resident, idle", ours_mb / ruler_mb, "x", "<= 1.15", f"{ours_mb:.1f} / {ruler_mb:.1f} MB")
    executable = installed()
    if executable is not None:
        async with staged(directory / "drawn") as stage:
            await stage.poll(work(now_ms(), 2 * _HOUR_MS))
            await stage.program.stop()
        drawn = _command(directory / "drawn")
        async with launched(executable) as browser:
            times["drawn"] = [await _drawn_ms(browser, drawn) for _ in range(runs)]
        show("frozen: launch to a drawn curve", statistics.median(times["drawn"]), "ms", "<= 700")


class _Run:
    """One run of a program that says that it listens: `elapsed_ms` after it was started, at `url`."""

    def __init__(self, command: list[str]) -> None:
        self.started_ms = time.time() * 1000
        start = time.perf_counter()
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet_environment())
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        line = self._process.stdout.readline()
        self.elapsed_ms = (time.perf_counter() - start) * 1000
        if "listening" not in line:
            sys.exit(f"{command[0]} did not start")
        self.url = line.split()[-1]
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


def _command(data_dir: Path) -> list[str]:
    nowhere = "http://127.0.0.1:9"
    return [str(PROGRAM), "--no-browser", "--port", "0", "--upstream", nowhere, "--data-dir", str(data_dir)]


def _frozen_ruler(directory: Path) -> Path:
    command = [sys.executable, "-m", "PyInstaller", "--onefile", "--strip", "--log-level=ERROR", "--name=ruler"]
    places = [f"--distpath={directory}", f"--workpath={directory / 'work'}", f"--specpath={directory}"]
    subprocess.run([*command, *places, f"--paths={ROOT}", str(ROOT / "bench" / "ruler_frozen.py")], check=True)
    return directory / PROGRAM.name.replace("ccurve", "ruler")


def _megabytes(command: list[str]) -> float:
    return Path(command[0]).stat().st_size / 1e6


def _cold_ms(command: list[str]) -> float | None:
    """Return the time to listening with nothing of any file in memory, where the system lets us forget it all."""
    forget = Path("/proc/sys/vm/drop_caches")
    try:
        subprocess.run(["sync"], check=True)
        forget.write_text("3", encoding="ascii")
    except OSError:
        return None
    with _Run(command) as run:
        return run.elapsed_ms


def _settled_mb(command: list[str]) -> float:
    with _Run(command) as run:
        time.sleep(_SETTLED_S)
        children = subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, check=False, text=True).stdout
        return resident_mb(run.pid) + sum(resident_mb(int(child)) for child in children.split())


async def _drawn_ms(browser: Browser, command: list[str]) -> float:
    visit, _ = await page.opened(browser)
    with _Run(command) as run:
        await visit.goto(run.url)
        await page.value(visit, "window.drawnMs")
        drawn_ms = await visit.evaluate("performance.timeOrigin + window.drawnMs")
        await visit.context.close()
    return float(drawn_ms) - run.started_ms
