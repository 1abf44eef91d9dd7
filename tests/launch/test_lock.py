import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.lock import LockHeldError, acquire

HOLD = """
import sys
from pathlib import Path
from launch.lock import acquire
acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    first = acquire(tmp_path / "lock")
    with pytest.raises(LockHeldError):
        acquire(tmp_path / "lock")
    os.close(first)
    os.close(acquire(tmp_path / "lock"))


def test_a_process_that_is_killed_lets_go(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held" + os.linesep.encode()
        with pytest.raises(LockHeldError):
            acquire(tmp_path / "lock")
        process.kill()
    os.close(acquire(tmp_path / "lock"))


def test_a_file_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"."):
        acquire(tmp_path / "missing" / "lock")
