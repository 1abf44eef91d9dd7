"""Owns the figures of memory: what a thousand pages cost, and what stays when they have left.

The ruler is the least server of streams on the same packages: what it keeps is what Python's allocator keeps, whose
arenas stay while one small object lives in each.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bench.figures import quiet_environment, resident_mb, show
from bench.start import ROOT

_PAGES: Final = 1000


async def measure(data_dir: Path) -> None:
    """Open a thousand pages on CCurve and on the ruler, one after the other, and close them again."""
    options = ("--no-browser", "--port", "0", "--data-dir", str(data_dir))
    grown_mb, left_mb = await _grown((str(ROOT / "app.py"), *options), "/api/events?range=60", "/metrics")
    ruler_grown_mb, ruler_left_mb = await _grown((str(ROOT / "bench" / "ruler_streams.py"),), "/", "/metrics")
    ruler = "a bare aiohttp-sse server: {:.1f} MB"
    show(f"memory grown by {_PAGES} pages", grown_mb, "MB", "<= 25", ruler.format(ruler_grown_mb))
    show("memory still grown after they left", left_mb, "MB", "<= 5", ruler.format(ruler_left_mb))


async def _grown(command: Sequence[str], stream: str, metrics: str) -> tuple[float, float]:
    """Return what a server's memory has grown by with the pages open, and after they left."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *command), stdout=asyncio.subprocess.PIPE, env=quiet_environment()
    )
    assert process.stdout is not None  # noqa: S101 - it was asked for
    url = (await process.stdout.readline()).decode().split()[-1]
    address = urlsplit(url)
    async with aiohttp.ClientSession() as session:
        # What is loaded when first asked for is no page's.
        await _subscribers(session, url + metrics)
        before_mb = resident_mb(process.pid)
        request = f"GET {stream} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
        pages = [await asyncio.open_connection(address.hostname, address.port) for _ in range(_PAGES)]
        for _, writer in pages:
            writer.write(request)
        for reader, _ in pages:
            await reader.readuntil(b"data: ")
        grown_mb = resident_mb(process.pid) - before_mb
        for _, writer in pages:
            writer.close()
        while await _subscribers(session, url + metrics):  # noqa: ASYNC110 - another process, which can only be asked
            await asyncio.sleep(0.5)
        left_mb = resident_mb(process.pid) - before_mb
    process.terminate()
    await process.wait()
    return grown_mb, left_mb


async def _subscribers(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as response:
        lines = (await response.text()).splitlines()
    return int(float(next(line.split()[1] for line in lines if line.startswith("ccurve_subscribers "))))
