"""Owns the question how old a Linux may be on which the frozen program runs: the newest glibc that it asks for.

Symbols carry the version since which they are there: https://sourceware.org/glibc/wiki/Release
"""

import re
import subprocess
from pathlib import Path
from typing import Final

_VERSION: Final = re.compile(r"\(GLIBC_(\d+)\.(\d+)(?:\.\d+)?\)")


def needed(folder: Path) -> str:
    """Return the version, such as `2.17`, that the programs and libraries in the folder ask for. It takes binutils."""
    versions = {
        (int(found[1]), int(found[2]))
        for file in folder.rglob("*")
        if file.is_file() and file.read_bytes()[:4] == b"\x7fELF"
        for found in _VERSION.finditer(_symbols(file))
    }
    return ".".join(map(str, max(versions)))


def _symbols(file: Path) -> str:
    command = ("objdump", "-T", str(file))
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout
