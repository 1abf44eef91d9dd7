"""Owns a small disk in a file, as which its bytes can be read that no file holds any more.

What is kept on it is for the tests. Only an administrator of Linux can have one.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_BYTES: Final = 64 << 20
_BLOCK: Final = 4096


class NoDiskError(Exception):
    """This machine does not let one be made; its words say why."""


class Image:
    """The disk: `file` holds its bytes, `place` is where it is mounted, with what `options`."""

    def __init__(self, file: Path, place: Path, options: str) -> None:
        self.file = file
        self.place = place
        self.options = options

    def data(self) -> bytes:
        """Return all blocks of the disk that hold anything, once all that was written has got there."""
        subprocess.run(["sync", "--file-system", str(self.place)], check=True)
        with self.file.open("rb") as file:
            blocks = iter(lambda: file.read(_BLOCK), b"")
            return b"".join(block for block in blocks if block.count(0) < len(block))


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Image]:
    """Make a disk with ext4 in a file below the folder, and mount it there with these options. Raises NoDiskError."""
    image = Image(folder / "disk", folder / "mounted", options)
    image.place.mkdir()
    with image.file.open("wb") as file:
        file.truncate(_BYTES)
    _done("mkfs.ext4", "-q", "-F", str(image.file))
    _done("mount", "-o", f"loop,{options}", str(image.file), str(image.place))
    try:
        yield image
    finally:
        # Lazily: a program that a failed test has left running must not keep the disk in the way of others.
        subprocess.run(["umount", "--lazy", str(image.place)], check=True)


def _done(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NoDiskError(f"{command[0]} is not installed") from error
    if done.returncode:
        raise NoDiskError(done.stderr.strip())
