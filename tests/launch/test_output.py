import subprocess
import sys
from pathlib import Path

import pytest

SAY_TWICE = "from launch.output import say; say('one'); say('two')"
ROOT = Path(__file__).parents[2]


def test_a_line_is_printed_at_once() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SAY_TWICE + "; import os; os._exit(0)"], cwd=ROOT, capture_output=True, check=True
    )
    assert said.stdout.split() == [b"one", b"two"]


@pytest.mark.skipif(sys.platform != "linux", reason="a file that is always full is one of Linux")
def test_nobody_is_troubled_where_output_is_full() -> None:
    with Path("/dev/full").open("wb") as full:
        said = subprocess.run(
            [sys.executable, "-c", SAY_TWICE], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (said.returncode, said.stderr) == (0, b"")


def test_nobody_is_troubled_where_output_is_closed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read(); " + SAY_TWICE],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
