"""Owns a place to start the frozen file from: a copy of it, with a temporary, a data and a home directory of its own.

Its options are told by its environment, so that whatever it is started through has no need to know them.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from tests.e2e.program import COMMAND, Program
from tests.fakes.relay import PATIENCE_S

PROGRAM: Final = Path(COMMAND[0]).with_suffix(".exe" if sys.platform == "win32" else "")
DIST: Final = PROGRAM.parent
ALL_IN_MEMORY: Final = "All that lies inside is in memory."
_PAUSE_S: Final = 0.01


class Place:
    """One place. All that is started here ends with the test."""

    def __init__(self, directory: Path) -> None:
        self.program = directory / PROGRAM.name
        self.temporary = directory / "temporary"
        self.data = directory / "data"
        self.home = self.cwd = directory / "home"
        for made in (self.temporary, self.home):
            made.mkdir(parents=True)
        shutil.copy(PROGRAM, self.program)
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary)),
            "HOME": str(self.home),
            "CCURVE_PORT": "0",
            "CCURVE_DATA_DIR": str(self.data),
            "CCURVE_UPSTREAM": "http://127.0.0.1:9",
            "CCURVE_NO_BROWSER": "1",
            "CCURVE_LOG_LEVEL": "debug",
        }
        self._started: list[Program] = []

    async def start(self, *command: str | Path, **environment: str) -> Program:
        """Start the program, or a command that does; what is told of its environment comes on top of the place's."""
        program = Program(
            await asyncio.create_subprocess_exec(
                *(command or (self.program,)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=self.cwd,
                env=self.environment | environment,
                start_new_session=True,
            )
        )
        self._started.append(program)
        return program

    async def serve(self, *command: str | Path, **environment: str) -> Program:
        """Start it as `start` does, and wait until it listens and needs nothing of what it unpacked any more."""
        program = await (await self.start(*command, **environment)).listening()
        await program.complained(ALL_IN_MEMORY)
        return program

    def unpacked(self) -> list[Path]:
        """Return the folders that it unpacked itself into, and has not removed."""
        return sorted(self.temporary.glob("_MEI*"))

    async def clear(self) -> None:
        """End all that still runs."""
        for program in self._started:
            await program.kill_if_alive()


@asynccontextmanager
async def place_in(directory: Path) -> AsyncIterator[Place]:
    """Yield a place in a directory that need not exist; nothing of it runs after the block."""
    place = Place(directory)
    try:
        yield place
    finally:
        await place.clear()


async def until(condition: Callable[[], object]) -> None:
    """Wait until what nobody announces has come true."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - processes and files of others set no event
            await asyncio.sleep(_PAUSE_S)


def inner_process(program: Program) -> int:
    """Return the one process that the outer one, which was started, has started in turn: the one that serves."""
    listed = subprocess.check_output(["ps", "-A", "-o", "ppid=,pid="], text=True)
    (inner,) = [int(pid) for parent, pid in map(str.split, listed.splitlines()) if int(parent) == program.pid]
    return inner
