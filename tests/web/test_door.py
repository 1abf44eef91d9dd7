import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.web.raw import send
from tests.web.site import Site
from web.door import open_door

ROOT = Path(__file__).parents[2]

# Room for 64 files, and no other bound that would be reached before.
CROWDED = """
import asyncio, logging, resource, socket
from aiohttp import web
from web.limits import USUAL
from web.serve import serving

async def main():
    listener = socket.create_server(("127.0.0.1", 0))
    async with serving(web.Application(), listener, USUAL):
        print(listener.getsockname()[1], flush=True)
        await asyncio.Event().wait()

logging.basicConfig()
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
asyncio.run(main())
"""


@pytest.fixture
def crowded() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", CROWDED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **os.environ},
    )
    with process:
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="there sockets are no files")
async def test_where_there_are_too_many_open_files_whoever_asks_is_answered_and_it_is_said_once(
    crowded: "subprocess.Popen[str]",
) -> None:
    assert crowded.stdout is not None
    port = int(crowded.stdout.readline())
    with ExitStack() as idle:
        for _ in range(200):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            idle.callback(writer.close)
        for _ in range(10):
            assert (await send(port, "GET / HTTP/1.1", "Host: localhost")).status == 404
    crowded.kill()
    assert crowded.stderr is not None
    said = crowded.stderr.read()
    assert said.count("No connection can be accepted for now: Too many open files.") == 1
    assert "Traceback" not in said


async def test_whoever_leaves_before_being_let_in_is_no_trouble(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(20):
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.transport.abort()
    assert (await site.get("/healthz")).status == 200
    assert not [entry for entry in caplog.records if entry.name == "web.door"]


class Greeting(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"hello")
        transport.close()


async def test_a_mistake_of_ours_with_one_connection_costs_no_other_and_is_told_once_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    mistakes = [ValueError("s3cr3t"), LookupError("s3cr3t")]

    def meet() -> asyncio.Protocol:
        if mistakes:
            raise mistakes.pop()
        return Greeting()

    async def said(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            return await reader.read()
        finally:
            writer.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        async with open_door(listener, meet, lambda: False), asyncio.timeout(20):
            assert [await said(port) for _ in range(4)] == [b"", b"", b"hello", b"hello"]
    (line,) = [entry.getMessage() for entry in caplog.records if entry.name == "web.door"]
    assert "LookupError" in line
    assert line.endswith("meet")
    assert "s3cr3t" not in caplog.text
