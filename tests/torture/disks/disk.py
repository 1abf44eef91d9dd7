"""Owns a disk of a few megabytes, to be filled and emptied; only an administrator of a Linux can make one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A mounted file system of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def data_dir(self) -> Path:
        return self.path / "data"

    def fill(self, *, but_bytes: int = 0) -> None:
        """Take all room on it but a little."""
        with (self.path / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                filler.truncate(filler.tell() - but_bytes)

    def make_room(self) -> None:
        (self.path / "filler").unlink()

    def close(self) -> None:
        """Let it be read alone, which the system refuses while something on it is open to be written."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.path)], check=True)

    def detach(self) -> None:
        """Take it out of the tree of files; what has a file of it open keeps that."""
        subprocess.run(["umount", "--lazy", str(self.path)], check=True)


@contextmanager
def small_disk(path: Path, *, size_mb: int = 8) -> Iterator[Disk]:
    """Mount one at `path` until the block ends."""
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(path)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("only an administrator of a Linux can make a small disk")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=False, capture_output=True)
