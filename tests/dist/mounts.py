"""Owns what a process sees of the disk: directories that are empty, small, or run no programs. Takes Linux, and root.

What is mounted is there for that process and its children alone, and gone with them.
"""

import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

_UNSHARE: Final = ("unshare", "--mount")


def _may_mount() -> bool:
    return bool(shutil.which("unshare")) and not subprocess.run((*_UNSHARE, "true"), check=False).returncode


needs_mounts: Final = pytest.mark.skipif(not _may_mount(), reason="a file system can be mounted by root on Linux alone")


def seeing(mounts: dict[Path, str], *command: str | Path) -> list[str | Path]:
    """Return a command that runs another where these directories are empty disks, each with such options of mount."""
    lines = [f"mount -t tmpfs -o {options} tmpfs {shlex.quote(str(path))}" for path, options in mounts.items()]
    return [*_UNSHARE, "sh", "-ec", "\n".join([*lines, 'exec "$@"']), "sh", *command]
