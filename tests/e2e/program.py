"""Owns CCurve as the outside runs it: a process of its own, told by its options, known by its standard output."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

import aiohttp

ROOT: Final = Path(__file__).parents[2]
LISTENING: Final = re.compile(r"CCurve \d+\.\d+\.\d+ listening on (http://\S+)\n")
KEPT_VARIABLES: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "TEMP", "TMP")
FROZEN: Final = os.environ.get("CCURVE_TEST_PROGRAM")
COMMAND: Final = [str(ROOT / FROZEN)] if FROZEN else [sys.executable, str(ROOT / "app.py")]
"""What is tested: the checkout, or the frozen file of that path: two processes, one of which unpacked the other."""


class Program:
    """One run. Made by `started` or `running`; `output` and `errors` hold what it printed, once it has ended."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._errors = bytearray()
        self._more_errors = asyncio.Condition()
        self._reading = asyncio.create_task(self._read_errors())
        self.output = ""
        self.url = ""

    @classmethod
    async def started(
        cls, *arguments: str, data_dir: Path | None = None, wrapper: Sequence[str] = (), **environment: str
    ) -> Self:
        """Start it, by a command that takes its own and becomes it where there is one; do not wait for it to listen."""
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        options = ["--no-browser"] if "BROWSER" not in environment else []
        options += [*(("--data-dir", str(data_dir)) if data_dir else ()), *arguments]
        process = await asyncio.create_subprocess_exec(
            *(*wrapper, *COMMAND, *options),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT / "tests",
            env={**kept, "HOME": "/nonexistent", "PYTHONWARNINGS": "error", **environment},
            start_new_session=True,
        )
        return cls(process)

    @classmethod
    async def started_with_browser(cls, browser: Path, *, data_dir: Path) -> Self:
        """Start it on a free port for a person who has a browser."""
        return await cls.started("--port", "0", data_dir=data_dir, BROWSER=str(browser))

    @property
    def errors(self) -> str:
        """What it has printed on standard error so far."""
        return self._errors.decode()

    @property
    def pid(self) -> int:
        """Its process: the outer of the two where it is frozen."""
        return self._process.pid

    async def listening(self) -> Self:
        """Wait until it says where it listens."""
        line = await self.first_line()
        told = LISTENING.fullmatch(line)
        if told is None:
            await self.ended()
            raise AssertionError(f"said {line!r} instead of listening; {self.errors}")
        self.url = told[1]
        return self

    async def first_line(self) -> str:
        """Wait for the first line on standard output; empty where it ends without one."""
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode()
        self.output += line
        return line

    async def complained(self, text: str) -> None:
        """Wait until it has said this on standard error."""
        stream = self._process.stderr
        assert stream is not None
        async with self._more_errors:
            await self._more_errors.wait_for(lambda: text in self.errors or stream.at_eof())
        assert text in self.errors

    async def ended(self) -> int:
        """Wait until it has ended; return its exit status."""
        assert self._process.stdout is not None
        self.output += (await self._process.stdout.read()).decode()
        await self._reading
        return await self._process.wait()

    async def stop(self) -> int:
        """End it as a service manager does."""
        self._process.terminate()
        return await self.ended()

    async def kill(self) -> None:
        """End it as nobody should."""
        self._send_to_all("SIGKILL")
        await self.ended()

    async def kill_if_alive(self) -> None:
        """End it as nobody should, unless it has ended by itself: which it may do at any moment before."""
        if self.alive:
            # Of a group that has ended, and has not been waited for, macOS says that one may not.
            with suppress(ProcessLookupError, PermissionError):
                self._send_to_all("SIGKILL")
        await self.ended()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def suspend(self) -> None:
        """Have it stand still until it is resumed."""
        self._send_to_all("SIGSTOP")

    def resume(self) -> None:
        """Let it go on."""
        self._send_to_all("SIGCONT")

    def _send_to_all(self, name: str) -> None:
        if sys.platform == "win32":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.Signals[name])

    async def _read_errors(self) -> None:
        assert self._process.stderr is not None
        while not self._process.stderr.at_eof():
            chunk = await self._process.stderr.read(65_536)
            async with self._more_errors:
                self._errors += chunk
                self._more_errors.notify_all()

    @property
    def alive(self) -> bool:
        """Whether it is still running."""
        return self._process.returncode is None


@asynccontextmanager
async def running(*arguments: str, data_dir: Path, upstream: str, **environment: str) -> AsyncIterator[Program]:
    """Run it on a free port until the block ends, unless the block has ended it."""
    program = await Program.started("--port", "0", "--upstream", upstream, *arguments, data_dir=data_dir, **environment)
    try:
        yield await program.listening()
    finally:
        await program.kill_if_alive()


class Api:
    """A program that drives CCurve over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = url

    async def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return the status and the JSON of the answer."""
        async with self._session.request(method, self.url + path, json=body) as response:
            return response.status, await response.json(content_type=None)

    async def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Return the JSON of an answer that must be 200."""
        status, answer = await self.call("GET", path)
        assert status == 200, answer
        return answer

    async def do(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Return the JSON of an answer that must be 200."""
        status, answer = await self.call(method, path, body)
        assert status == 200, answer
        return answer

    async def switch_on(self, cookie: str = "session=good") -> None:
        """Give it a cookie and turn polling on."""
        await self.do("PUT", "/api/cookie", {"cookie": cookie})
        await self.do("PUT", "/api/task", {"enabled": True})
