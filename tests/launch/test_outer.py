import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch import outer

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes of Windows keep the number of their parent")

ROOT = Path(__file__).parents[2]
# The outer process: starts the inner one, and takes its own number for the name of the folder, as the bootloader does.
OUTER = """
import os, subprocess, sys
inner = subprocess.Popen([sys.executable, "-c", sys.argv[1], f"/tmp/_MEI{os.getpid():08x}abcdef", *sys.argv[2:]])
sys.stdin.read()
"""
INNER = """
import asyncio, os, sys
from launch import outer

sys._MEIPASS = sys.argv[1]
if sys.argv[2] == "looking":
    outer._PAUSE_S = 0.01
    vars(os).pop("pidfd_open", None)
if sys.argv[2] == "late":
    first = os.getppid()
    print("started", flush=True)
    while os.getppid() == first:
        pass

async def main():
    stop = asyncio.Event()
    outer.stop_with_outer(stop)
    if sys.argv[2] != "late":
        print("started", flush=True)
    await stop.wait()
    print("stopped", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("way", ["told", "looking", "late"])
def test_the_end_of_the_outer_process_is_the_end_of_the_inner(way: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OUTER, INNER, way], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.kill()
        assert process.stdout.readline() == "stopped\n"
        assert process.stdout.read() == ""  # the inner one has ended


async def test_nobody_is_watched_where_there_is_no_outer_process() -> None:
    # Were anybody watched, the event would be needed.
    outer.stop_with_outer(None)  # type: ignore[arg-type]
