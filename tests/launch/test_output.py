import os
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


def test_complaints_trouble_nobody_where_standard_error_is_closed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read(); from launch.output import complain; complain('one')"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stderr.close()
        process.stdin.close()
    assert process.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="there is no shell to close them")
def test_files_never_take_the_place_of_streams_that_were_closed(tmp_path: Path) -> None:
    script = (
        "import os, sys; from launch.output import complain, prepare_streams, say; prepare_streams()\n"
        f"lowest = os.open({str(tmp_path / 'file')!r}, os.O_CREAT | os.O_WRONLY)\n"
        "say('one'); complain('two'); os.write(1, b'three'); os.write(2, b'four'); sys.exit(lowest)"
    )
    closed = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", script], cwd=ROOT, check=False
    )
    assert closed.returncode > 2
    assert (tmp_path / "file").read_bytes() == b""


def test_a_character_that_cannot_be_shown_is_told_by_its_number() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from launch.output import *; prepare_streams(); say('数据'); complain('数据 \\udcff')"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert said.stdout.split() == [rb"\u6570\u636e"]
    assert said.stderr.split() == [rb"\u6570\u636e", rb"\udcff"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals that Python can open")
def test_how_to_stop_is_told_at_a_terminal_alone() -> None:
    import pty  # noqa: PLC0415 - not on Windows

    told = [sys.executable, "-c", "from launch.output import tell_how_to_stop; tell_how_to_stop()"]
    piped = subprocess.run(told, cwd=ROOT, capture_output=True, check=True)
    assert (piped.stdout, piped.stderr) == (b"", b"")
    ours, theirs = pty.openpty()
    at_terminal = subprocess.run(told, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    assert at_terminal.stdout == b""
    assert b"Ctrl+C" in os.read(ours, 1000)
    os.close(ours)
