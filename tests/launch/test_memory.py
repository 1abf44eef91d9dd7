"""Memory that was needed once goes back to the system."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has thresholds that grow")

ROOT = Path(__file__).parents[2]
ONE_LARGE_BLOCK_AND_THEN_MANY_ON_A_THREAD = """
import threading
from launch.memory import give_memory_back

def own_bytes():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))

def fill_and_forget():
    blocks = [None] * 250  # one that grew would lie in their midst
    for number in range(250):
        blocks[number] = b"x" * 100_000

{}
bytes(bytearray(16 << 20))
before = own_bytes()
thread = threading.Thread(target=fill_and_forget)
thread.start()
thread.join()
print(own_bytes() - before)
"""


def kept_bytes(doing: str) -> int:
    command = [sys.executable, "-c", ONE_LARGE_BLOCK_AND_THEN_MANY_ON_A_THREAD.format(doing)]
    others = ("MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD", "PYTHONMALLOC")
    env = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return int(subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT, env=env).stdout)


def test_what_a_thread_needed_once_is_given_back() -> None:
    assert kept_bytes("give_memory_back()") < 2 << 20
    # Else this proves nothing.
    assert kept_bytes("") > 20 << 20
