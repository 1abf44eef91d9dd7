"""Owns the place in which commands of the documents are run: a copy of the checkout, beside it a person's home.

What is installed in the checkout is shared with the copy, so that nothing is fetched.
"""

import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from launch.version import VERSION
from storage import files, packing, shelf
from storage.store import opened
from tests.e2e.program import COMMAND, FROZEN
from tests.words.documents import ROOT

PROGRAM: Final = f"ccurve-{VERSION}-linux-x86_64"
ADDRESS: Final = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+")

_INSTALLED: Final = (".venv", "frontend/node_modules", "frontend/tools/node_modules")


class Place:
    """A checkout, in it a downloaded program with its checksums, and a home in which CCurve has run before, for days.

    The program is what all tests from outside run: the frozen file, or the checkout under the name of one.
    """

    def __init__(self, directory: Path) -> None:
        self.checkout = directory / "checkout"
        self.home = directory / "home"
        self._copy_checkout()
        self._download()
        data = self.home / ".local" / "share" / "ccurve"
        files.prepare(data)
        with opened(data):
            pass
        backup = shelf.place(data, 1_795_662_000_000, "daily")
        backup.parent.mkdir(files.OWNER_ONLY_DIR)
        packing.pack(data / files.HISTORY, backup, lambda: False)
        # An answer that tells of an error makes curl fail.
        (self.home / ".curlrc").write_text("fail\nsilent\nshow-error\n", encoding="utf-8")

    def run(self, command: str) -> str:
        """Run a command to its end, which must be success; return what it says."""
        with self._running(command) as process:
            assert process.stdout is not None
            said = process.stdout.read()
            assert process.wait() == 0, said
            return said

    @contextmanager
    def serving(self, command: str) -> Iterator[str]:
        """Run a command until the block ends; yield the address that it says it serves."""
        with self._running(command) as process:
            said = ""
            assert process.stdout is not None
            for line in process.stdout:
                said += line
                if address := ADDRESS.search(line):
                    yield address[0]
                    break
            else:
                raise AssertionError(f"it never said an address: {said}")
            os.killpg(process.pid, signal.SIGINT)
            process.stdout.read()

    @contextmanager
    def following(self, command: str) -> Iterator[Iterator[str]]:
        """Run a command until the block ends; yield the lines that it says."""
        with self._running(command) as process:
            assert process.stdout is not None
            yield iter(process.stdout)

    @contextmanager
    def _running(self, command: str) -> "Iterator[subprocess.Popen[str]]":
        environment = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "CCURVE_PORT": "0",
        }
        with subprocess.Popen(
            ["sh", "-c", command],
            cwd=self.checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGTERM)

    def _copy_checkout(self) -> None:
        listed = subprocess.check_output(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
        )
        for name in listed.split("\0"):
            if name and (ROOT / name).exists():
                target = self.checkout / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)  # make compares times
        for name in _INSTALLED:
            if (ROOT / name).exists():
                (self.checkout / name).symlink_to(ROOT / name)

    def _download(self) -> None:
        program = self.checkout / PROGRAM
        if FROZEN:
            shutil.copyfile(COMMAND[0], program)
        else:
            program.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n', encoding="utf-8")
        checksum = hashlib.sha256(program.read_bytes()).hexdigest()
        (self.checkout / "SHA256SUMS").write_text(f"{checksum}  {PROGRAM}\n{checksum}  another\n", encoding="utf-8")
