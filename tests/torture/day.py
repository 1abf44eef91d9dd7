"""Owns a day in the life of the program, and all that it says and leaves behind on it.

What must not be among that is for the tests.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import aiohttp

from tests.e2e.program import Program
from tests.fakes.relay import FakeRelay
from tests.torture.pastes import answer_to
from tests.torture.traces import Canary

_OPENER: Final = '#!/bin/sh\nenv >"$TMPDIR/opened"\necho "$0 $@" >>"$TMPDIR/opened"\n'
READS: Final = (
    "/",
    "/api/status",
    "/api/config",
    "/api/usage?range=60",
    "/api/usage?range=527040&bucket=auto",
    "/api/usage/export?format=csv&range=527040",
    "/api/usage/export?format=json&range=527040",
    "/api/usage/export?format=ndjson&range=527040",
    "/metrics",
    "/healthz",
)


class Day:
    """The program, what it answered and told so far, and where it keeps what."""

    def __init__(self, program: Program, session: aiohttp.ClientSession, relay: FakeRelay, place: Path) -> None:
        self.program = program
        self.relay = relay
        self.place = place
        self.said: dict[str, bytes] = {}
        self._session = session

    @property
    def data_dir(self) -> Path:
        """What it keeps."""
        return self.place / "data"

    async def ask(self, method: str, path: str, body: object = None, *, note: str = "") -> int:
        """Ask with a JSON body, or none, and note what is answered; return its status."""
        sent = None if body is None else json.dumps(body).encode()
        return await self.ask_with(method, path, {}, sent, note=note)

    async def ask_with(self, method: str, path: str, headers: dict[str, str], body: bytes | None, *, note: str) -> int:
        """Ask with these headers and bytes, and note what is answered; return its status, 0 where it hung up."""
        status, answer = 0, b""
        with suppress(aiohttp.ClientError):
            status, answer = await answer_to(self._session, method, self.program.url + path, headers, body)
        self._note(f"answer to {note or path}", answer)
        return status

    async def look_around(self) -> None:
        """Read whatever there is to be read, and note it."""
        for path in READS:
            assert await self.ask("GET", path, note="at the end of the day") == 200

    def look_at_processes(self) -> None:
        """Note what the system tells everybody about the processes, where it does."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.getsid(int(process.name)) == self.program.pid:
                    for name in ("cmdline", "environ", "status", "comm", "maps"):
                        self._note(f"{name} of {process.name}", (process / name).read_bytes())

    async def end(self) -> None:
        """End the program, and note what it printed."""
        assert await self.program.stop() == 0
        self._note("standard output", self.program.output.encode())
        self._note("standard error", self.program.errors.encode())

    async def follow(self) -> None:
        """Note all events until the stream ends."""
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._session.get(f"{self.program.url}/api/events", timeout=timeout) as stream:
            async for piece in stream.content.iter_any():
                self.said["events"] = self.said.get("events", b"") + piece

    def _note(self, where: str, what: bytes) -> None:
        self.said[f"{len(self.said)} {where}"] = what


@asynccontextmanager
async def living(place: Path, relay: FakeRelay, *arguments: str, **environment: str) -> AsyncIterator[Day]:
    """Begin a day below `place`: with temporary files and a browser of its own, and a page that follows the stream."""
    temporary = place / "temporary"
    temporary.mkdir()
    opener = place / "opener"
    opener.write_text(_OPENER)
    opener.chmod(0o755)
    program = await Program.started(
        *("--port", "0", "--upstream", relay.url, *arguments),
        data_dir=place / "data",
        **{"TMPDIR": str(temporary), "BROWSER": str(opener), **environment},
    )
    try:
        await program.listening()
        async with aiohttp.ClientSession() as session:
            day = Day(program, session, relay, place)
            following = asyncio.create_task(day.follow())
            try:
                yield day
            finally:
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
    finally:
        await program.kill_if_alive()


def traces(day: Day, canaries: list[Canary]) -> list[str]:
    """Return the places in what was said that hold one of the canaries."""
    return [where for where, what in day.said.items() if any(canary.is_in(what) for canary in canaries)]
