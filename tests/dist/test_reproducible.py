"""Whoever builds the same commit on the same system gets the same bytes, wherever that is and whoever they are."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.e2e.program import ROOT

BUILDERS: Final[list[tuple[str, int, dict[str, str]]]] = [
    ("a", 0o022, {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "1"}),
    (
        "another folder, with a much longer name",
        0o077,
        {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "2"},
    ),
]


def building(directory: Path, umask: int, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start to build what is committed, in a directory of its own."""
    checkout = directory / "checkout"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
    return subprocess.Popen(
        [sys.executable, "-m", "release"],
        cwd=checkout,
        env=os.environ | environment | {"HOME": str(directory)},
        umask=umask if os.name == "posix" else -1,
        stdout=subprocess.DEVNULL,
    )


def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path: Path) -> None:
    places = [(tmp_path / name, umask, environment) for name, umask, environment in BUILDERS]
    assert [builder.wait() for builder in [building(*place) for place in places]] == [0, 0]
    first, second = [
        {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (place / "checkout" / "dist").iterdir()}
        for place, *_ in places
    ]
    assert len(first) == 5
    assert first == second
