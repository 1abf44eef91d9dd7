"""Owns the program under test as a process whose clock is turned, and what the system says of it.

What it does with its clock is `turned_app`'s.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import aiohttp

from tests.e2e.program import KEPT_VARIABLES, LISTENING, ROOT, Api

_DRIVER: Final = Path(__file__).with_name("turned_app.py")
_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Memory(NamedTuple):
    """What a process holds, in bytes: of its own, and of files that it has mapped."""

    own: int
    files: int


class TurnedProgram:
    """One run. `wall_ms` is what its wall clock shows."""

    def __init__(self, process: asyncio.subprocess.Process, wall_ms: int, errors: Path) -> None:
        self._process = process
        self._errors = errors
        self.wall_ms = wall_ms
        self.url = ""
        self.session: aiohttp.ClientSession
        self.api: Api

    @classmethod
    @asynccontextmanager
    async def running(cls, directory: Path, upstream: str, wall_ms: int) -> "AsyncIterator[TurnedProgram]":
        """Run it on a free port until the block ends; then it must end well, and have complained of nothing."""
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        errors = directory / "errors.txt"
        options = ("--no-browser", "--port", "0", "--upstream", upstream, "--data-dir", str(directory / "data"))
        with errors.open("wb") as stream:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(_DRIVER), str(wall_ms), *options),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=stream,
                cwd=ROOT / "tests",
                env={**kept, "HOME": "/nonexistent", "PYTHONWARNINGS": "error", "CCURVE_LOG_LEVEL": "warning"},
            )
        program = cls(process, wall_ms, errors)
        try:
            line = await program._line()
            told = LISTENING.fullmatch(line)
            assert told is not None, program.errors
            program.url = told[1]
            # No connection of ours stays open, so that those of the program can be counted.
            connector = aiohttp.TCPConnector(force_close=True)
            async with aiohttp.ClientSession(connector=connector, read_bufsize=1 << 22) as program.session:
                program.api = Api(program.session, program.url)
                yield program
            process.terminate()
            assert await process.wait() == 0, program.errors
            assert "Traceback" not in program.errors, program.errors
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    @property
    def errors(self) -> str:
        return self._errors.read_text()

    async def run(self, seconds: float) -> None:
        """Let time pass."""
        self.wall_ms = await self._asked(f"run {seconds}")

    async def shift(self, seconds: float) -> None:
        """Have the wall clock alone go on, or back."""
        self.wall_ms = await self._asked(f"shift {seconds}")

    async def deadline(self, seconds: float) -> None:
        """Say how long a call to the relay may take, in real time."""
        await self._asked(f"deadline {seconds}")

    async def look(self) -> dict[str, Any]:
        """Return its threads and tasks."""
        answer: dict[str, Any] = await self._asked("look")
        return answer

    def memory(self) -> Memory:
        lines = (line.split() for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines())
        sizes = {words[0]: int(words[1]) * 1024 for words in lines if words[0].startswith("Rss")}
        return Memory(sizes["RssAnon:"], sizes["RssFile:"])

    def cpu_s(self) -> float:
        words = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / _TICKS

    def open_files(self) -> list[str]:
        """Return what its open files are, sockets without their numbers."""
        found = []
        for link in Path(f"/proc/{self._process.pid}/fd").iterdir():
            try:
                found.append(str(link.readlink()).partition(":[")[0])
            except FileNotFoundError:
                continue
        return sorted(found)

    async def _asked(self, line: str) -> Any:  # noqa: ANN401 - JSON
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        return json.loads(await self._line())

    async def _line(self) -> str:
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode()
        assert line, self.errors
        return line
